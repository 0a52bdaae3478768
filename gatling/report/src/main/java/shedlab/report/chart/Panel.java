package shedlab.report.chart;

/**
 * One drawing.
 *
 * @param title what it is of, as a server's name
 * @param label what it shows, for those who cannot see it
 * @param marks attributes by which the page filters; empty for none
 * @param body the drawing, in a system of coordinates of its own
 */
public record Panel(
    String title, String label, String marks, double width, double height, String body) {}
