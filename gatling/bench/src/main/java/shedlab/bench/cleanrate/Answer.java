package shedlab.bench.cleanrate;

/**
 * What one search found.
 *
 * @param block from 1
 */
record Answer(int block, Generators generators, Search.Found found) {}
