package shedlab.bench.cleanrate;

/**
 * What one search found.
 *
 * @param round from 1
 */
record Answer(int round, Generators generators, Search.Found found) {}
