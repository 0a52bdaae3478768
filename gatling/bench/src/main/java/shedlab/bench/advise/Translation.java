package shedlab.bench.advise;

/**
 * The advice in the words of another product.
 *
 * @param remark what it can and cannot do, in a sentence or two
 * @param code its settings
 * @param does the strategy that the product then has, to be simulated; empty if it is the advised
 *     one
 */
record Translation(String product, String remark, String code, String does) {}
