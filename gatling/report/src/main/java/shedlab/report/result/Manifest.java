package shedlab.report.result;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import shedlab.simulation.model.CapacityDrop;
import shedlab.simulation.model.Kill;
import shedlab.simulation.model.Slowdown;

/**
 * {@code plan.json}: the plan of a run, written before its first second.
 *
 * @param run the folder's name
 * @param invocation the arguments of the command as they were typed; empty before format 4
 * @param seed the seed of arrivals, task sizes and the order of the cells
 * @param settings every key of the experiment as it was resolved, as text
 */
public record Manifest(
    int formatVersion,
    String run,
    List<String> invocation,
    Purpose purpose,
    Grid grid,
    CellLoad load,
    SetUp setUp,
    long seed,
    Map<String, String> settings) {

  /** The version that this code writes. */
  public static final int FORMAT = 4;

  /**
   * The purpose of a run.
   *
   * @param question what the experiment asks, in one line
   * @param evidence false if the profile is too short to conclude anything from
   */
  public record Purpose(String experiment, String question, String profile, boolean evidence) {}

  /**
   * The cells of a run.
   *
   * @param strategies canonical texts, in the order of the charts
   * @param reference the strategy that the others are compared with, canonical; empty for none
   * @param variants the plain one first
   * @param loads multiples of the capacity, ascending
   * @param freshServer {@code strategy} or {@code cell}: what gets a fresh server
   * @param cells how many cells were planned
   */
  public record Grid(
      List<String> servers,
      List<String> strategies,
      String reference,
      List<Variant> variants,
      List<Double> loads,
      int repeats,
      String freshServer,
      int cells) {}

  /**
   * The load of every cell.
   *
   * @param phases the course of a cell's load after the lead-in
   * @param deadlineMillis a 200 later than this is late
   * @param timeoutMillis how long the client waits before it gives a request up
   * @param taskUnits CPU work per request
   */
  public record CellLoad(
      List<Phase> phases,
      long deadlineMillis,
      long timeoutMillis,
      double warmUpSeconds,
      double leadInSeconds,
      double measureSeconds,
      int taskUnits) {}

  /**
   * The set-up on which the cells run.
   *
   * @param host {@code containers}, {@code processes}, {@code machines} or {@code simulated}
   * @param image the JRE image of the containers; empty without any
   * @param serverCpus CPU list of the server, as in {@code taskset}
   */
  public record SetUp(
      String host,
      String image,
      int workers,
      int ioThreads,
      int workerNice,
      int compilerNice,
      String serverCpus,
      String injectorCpus) {
    /** Whether the cells were simulated: nothing was measured. */
    public boolean simulated() {
      return host.equals("simulated");
    }

    /** Whether server and load generators had machines of their own. */
    public boolean onMachines() {
      return host.equals("machines");
    }
  }

  /** A plan of the version that this code writes. */
  public static Manifest of(
      String run,
      List<String> invocation,
      Purpose purpose,
      Grid grid,
      CellLoad load,
      SetUp setUp,
      long seed,
      Map<String, String> settings) {
    return new Manifest(FORMAT, run, invocation, purpose, grid, load, setUp, seed, settings);
  }

  /** Every key of the cells of a variant, as text; those of the plain way if there is none. */
  public Map<String, String> settings(String variant) {
    Map<String, String> all = new LinkedHashMap<>(settings);
    grid.variants.stream()
        .filter(v -> v.name().equals(variant))
        .forEach(v -> all.putAll(v.settings()));
    return all;
  }

  /** True if the servers of a variant are not warmed up. */
  public boolean startsCold(String variant) {
    return settings(variant).getOrDefault("warm-up", "").equals("0s");
  }

  /** True if the servers sampled their own stacks, which takes some of their CPU time. */
  public boolean profiled() {
    return settings.getOrDefault("profile-cpu", "no").equals("yes");
  }

  /** True if the load of a cell is the same all the time. */
  public boolean plateau() {
    return Phase.plateau(load.phases);
  }

  /** True if what changes does not change back: tasks that stay slow. */
  public boolean changesForGood() {
    return Slowdown.read(settings.getOrDefault("slowdown", "")).isPresent()
        && CapacityDrop.read(settings.getOrDefault("capacity-drop", "")).isEmpty()
        && Kill.read(settings.getOrDefault("kill", "")).isEmpty();
  }

  /** True if the capacity is constant: no loss of CPU or of a server, and no slower tasks. */
  private boolean undisturbed() {
    return Slowdown.read(settings.getOrDefault("slowdown", "")).isEmpty()
        && CapacityDrop.read(settings.getOrDefault("capacity-drop", "")).isEmpty()
        && Kill.read(settings.getOrDefault("kill", "")).isEmpty();
  }

  /**
   * The greatest goodput that was achievable over a cell of a load, as a share of the capacity; NaN
   * if the capacity changes meanwhile.
   */
  public double possible(double ofLoad) {
    return undisturbed() ? Phase.mostServed(load.phases, ofLoad, 1) : Double.NaN;
  }

  /** The same run, that ended after fewer blocks than it might have measured. */
  public Manifest endedAfter(int blocks, int cells) {
    var ended =
        new Grid(
            grid.servers,
            grid.strategies,
            grid.reference,
            grid.variants,
            grid.loads,
            blocks,
            grid.freshServer,
            cells);
    Map<String, String> told = new LinkedHashMap<>(settings);
    told.put("repeats", Integer.toString(blocks));
    return new Manifest(formatVersion, run, invocation, purpose, ended, load, setUp, seed, told);
  }

  /** Adds the fields that earlier versions did not have, with the values that applied then. */
  static void upgrade(ObjectNode plan, int version) {
    if (version < 2) {
      plan.put("compilerNice", 0);
    }
    if (version < 3) {
      plan.put("reference", "");
      plan.putArray("variants").addObject().put("name", "").putObject("settings");
      plan.putArray("phases")
          .addObject()
          .put("from", 1.0)
          .put("to", 1.0)
          .set("seconds", plan.get("measureSeconds"));
      plan.putObject("settings");
    }
    if (version < 4) {
      plan.putArray("invocation");
      nest(plan);
    }
    plan.put("formatVersion", FORMAT);
  }

  private static void nest(ObjectNode plan) {
    Nesting.nest(plan, "purpose", "experiment", "question", "profile", "evidence");
    Nesting.nest(
        plan,
        "grid",
        "servers",
        "strategies",
        "reference",
        "variants",
        "loads",
        "repeats",
        "freshServer",
        "cells");
    Nesting.nest(
        plan,
        "load",
        "phases",
        "deadlineMillis",
        "timeoutMillis",
        "warmUpSeconds",
        "leadInSeconds",
        "measureSeconds",
        "taskUnits");
    Nesting.nest(
        plan,
        "setUp",
        "host",
        "image",
        "workers",
        "ioThreads",
        "workerNice",
        "compilerNice",
        "serverCpus",
        "injectorCpus");
  }

  /**
   * True if both plan the same cells; only the run's name, its measured task size and the command
   * that was typed may differ.
   */
  public boolean samePlanAs(Manifest other) {
    return unnamed().equals(other.unnamed());
  }

  private Manifest unnamed() {
    var sized =
        new CellLoad(
            load.phases,
            load.deadlineMillis,
            load.timeoutMillis,
            load.warmUpSeconds,
            load.leadInSeconds,
            load.measureSeconds,
            0);
    return new Manifest(formatVersion, "", List.of(), purpose, grid, sized, setUp, seed, settings);
  }
}
