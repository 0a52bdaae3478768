package shedlab.report.chart;

/** The size of a panel and, in it, the edges of what the axes enclose. */
public record Box(
    double width, double height, double left, double top, double right, double bottom) {

  /**
   * A panel with room for ticks on the left and below, and for names on the right. The fewer stand
   * side by side, the wider each is.
   */
  public static Box beside(int panels, double nameWidth) {
    double width = panels == 1 ? 620 : panels == 2 ? 500 : 390;
    double height = panels == 1 ? 320 : panels == 2 ? 290 : 262;
    return new Box(width, height, 52, 12, width - Math.max(14, nameWidth), height - 38);
  }

  /** A panel of rows with names on the left and figures along the bottom. */
  public static Box rows(int panels, double nameWidth, double rows) {
    double width = panels == 1 ? 620 : panels == 2 ? 500 : 390;
    return new Box(width, rows + 40, nameWidth, 16, width - 22, rows + 16);
  }
}
