package shedlab.report.compare;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import shedlab.report.result.CellResult;
import shedlab.report.result.Manifest;
import shedlab.report.result.RunFiles;
import shedlab.report.text.Numbers;

/**
 * Why two runs cannot be compared.
 *
 * @param reason in a few words: {@code another machine}
 * @param text with both values: {@code key: A and B (expected: rule)}
 */
public record Obstacle(String reason, String text) {
  /** Values that are equal in two runs on the same machine. */
  private static final List<String> MACHINE =
      List.of("CPU", "logical CPUs", "physical cores", "memory MiB");

  /** Settings that make the requests and the clients. */
  private static final List<String> REQUESTS =
      List.of(
          "work",
          "service-law",
          "arrivals",
          "retry",
          "disconnect",
          "connections",
          "tells-deadline",
          "tenants");

  private static final double LEAST_VALID = 0.9;

  /**
   * What is in the way of comparing two runs, whatever cells they have; the machine first. Empty if
   * nothing is.
   */
  public static List<Obstacle> between(RunFiles before, RunFiles after) {
    Manifest a = before.manifest();
    Manifest b = after.manifest();
    var found = new ArrayList<Obstacle>();
    for (String key : MACHINE) {
      String here = before.env().get(key);
      String there = after.env().get(key);
      if (here != null && there != null) {
        same(found, "another machine", key, here, there, "the same machine");
      }
    }
    Manifest.Purpose purpose = a.purpose();
    same(
        found,
        "another experiment",
        "experiment",
        purpose.experiment(),
        b.purpose().experiment(),
        "the same");
    same(found, "another profile", "profile", purpose.profile(), b.purpose().profile(), "the same");
    same(found, "another host", "host", a.setUp().host(), b.setUp().host(), "the same");
    same(found, "another image", "image", a.setUp().image(), b.setUp().image(), "the same");
    same(
        found,
        "other CPUs",
        "serverCpus",
        a.setUp().serverCpus(),
        b.setUp().serverCpus(),
        "the same");
    load(found, a, b);
    same(
        found,
        "another fresh-server setting",
        "freshServer",
        a.grid().freshServer(),
        b.grid().freshServer(),
        "the same");
    same(
        found,
        "only one is profiled",
        "profile-cpu",
        a.profiled() ? "yes" : "no",
        b.profiled() ? "yes" : "no",
        "the same");
    if (!purpose.evidence() || !b.purpose().evidence()) {
      String profile = purpose.evidence() ? b.purpose().profile() : purpose.profile();
      found.add(
          new Obstacle(
              "a profile that is no evidence",
              "profile: " + profile + " (expected: one that is evidence)"));
    }
    validity(found, before);
    validity(found, after);
    return List.copyOf(found);
  }

  private static void load(List<Obstacle> found, Manifest a, Manifest b) {
    Manifest.CellLoad one = a.load();
    Manifest.CellLoad other = b.load();
    same(
        found,
        "other work",
        "taskUnits",
        one.taskUnits(),
        other.taskUnits(),
        "the same work per request");
    same(found, "other arrivals", "seed", a.seed(), b.seed(), "the same arrivals");
    for (String key : REQUESTS) {
      String here = a.settings().get(key);
      String there = b.settings().get(key);
      if (here != null && there != null) {
        same(found, "other requests", key, here, there, "the same");
      }
    }
    same(
        found,
        "another deadline",
        "deadlineMillis",
        one.deadlineMillis(),
        other.deadlineMillis(),
        "the same");
    same(
        found,
        "another timeout",
        "timeoutMillis",
        one.timeoutMillis(),
        other.timeoutMillis(),
        "the same");
    same(
        found,
        "another length",
        "measureSeconds",
        one.measureSeconds(),
        other.measureSeconds(),
        "the same");
    same(found, "another course of the load", "phases", course(one), course(other), "the same");
  }

  /** The course of the load as an experiment writes it: {@code 0.25@3s 1@4s}. */
  private static String course(Manifest.CellLoad load) {
    return load.phases().stream()
        .map(
            phase ->
                Numbers.plain(phase.from())
                    + (phase.from() == phase.to() ? "" : ".." + Numbers.plain(phase.to()))
                    + "@"
                    + Numbers.plain(phase.seconds())
                    + "s")
        .collect(Collectors.joining(" "));
  }

  private static void same(
      List<Obstacle> found, String reason, String key, Object before, Object after, String rule) {
    if (!Objects.equals(before, after)) {
      found.add(
          new Obstacle(
              reason, key + ": " + before + " and " + after + " (expected: " + rule + ")"));
    }
  }

  private static void validity(List<Obstacle> found, RunFiles run) {
    int planned = Math.max(run.manifest().grid().cells(), run.cells().size());
    long valid = run.cells().stream().filter(CellResult::valid).count();
    if (valid < LEAST_VALID * planned) {
      found.add(
          new Obstacle(
              "too few valid cells",
              "cells: "
                  + valid
                  + " of "
                  + planned
                  + " of "
                  + run.name()
                  + " are valid (expected: nine in ten or more)"));
    }
  }

  /** The obstacle of two runs without any cell in common. */
  static Obstacle nothingInCommon(RunFiles before, RunFiles after) {
    Manifest.Grid a = before.manifest().grid();
    Manifest.Grid b = after.manifest().grid();
    if (a.servers().stream().noneMatch(b.servers()::contains)) {
      return without("servers", a.servers(), b.servers());
    }
    if (a.strategies().stream().noneMatch(b.strategies()::contains)) {
      return without("strategies", a.strategies(), b.strategies());
    }
    if (a.loads().stream().noneMatch(b.loads()::contains)) {
      return without("loads", a.loads(), b.loads());
    }
    return new Obstacle(
        "no cell in common",
        "cells: none in common (expected: the same servers, strategies and loads)");
  }

  private static Obstacle without(String key, List<?> before, List<?> after) {
    return new Obstacle(
        "other " + key, key + ": " + before + " and " + after + " (expected: one in common)");
  }
}
