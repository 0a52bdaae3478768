package shedlab.adapter;

/** What the tests serve: the body of the answer is the path. */
@FunctionalInterface
interface Service {
  /** Does the work, and says with which status it ends. */
  int serve(String path) throws Exception;
}
