package shedlab.report.result;

/**
 * Which cell: one server under one strategy at one offered load, once.
 *
 * @param id folder of the raw files below {@code cells/}, unique in the run
 * @param strategy canonical text
 * @param variant name of the variant; {@code ""} for the plain way
 * @param load offered load as a multiple of the server's capacity
 * @param repeat from 1
 * @param attempt 2 if the first was invalid and is superseded by this one
 * @param order in which the run's cells were measured, from 1
 */
public record CellKey(
    String id,
    String server,
    String strategy,
    String variant,
    double load,
    int repeat,
    int attempt,
    int order) {}
