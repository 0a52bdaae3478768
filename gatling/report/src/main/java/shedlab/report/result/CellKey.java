package shedlab.report.result;

/**
 * The key of a cell: one server under one strategy at one offered load, once.
 *
 * @param id folder of the raw files below {@code cells/}, unique in the run
 * @param strategy canonical text
 * @param variant name of the variant; {@code ""} for the plain one
 * @param load offered load as a multiple of the server's capacity
 * @param repeat from 1
 * @param attempt 2 if this one replaces an invalid first attempt
 * @param order position in the order of measurement, from 1
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
