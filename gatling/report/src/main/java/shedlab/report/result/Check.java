package shedlab.report.result;

/** One gate of a cell's validity: what was measured, what was required, and whether it held. */
public record Check(String name, String value, String bound, boolean ok) {}
