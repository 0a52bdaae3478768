package shedlab.servers;
import java.util.*;
final class RawExplorer {
  public static void main(String[] a) throws Exception {
    Map<ServerKind, Service> s = new TreeMap<>();
    for (ServerKind k : ServerKind.values()) s.put(k, Service.start(k, Configs.with("none"), shedlab.task.CpuTask::run));
    var pool = java.util.concurrent.Executors.newFixedThreadPool(40);
    List<java.util.concurrent.Future<String>> out = new ArrayList<>();
    for (RawRequest r : RawRequest.all()) out.add(pool.submit(() -> {
      StringBuilder t = new StringBuilder(); boolean bad = false;
      for (ServerKind k : s.keySet()) { String got; try { got = r.exchange(s.get(k).port()); } catch (Exception e) { got = e.toString(); }
        if (!got.equals(r.expected())) { bad = true; t.append("    " + k + ": " + got + "\n"); } }
      return bad ? r + "\n    right: " + r.expected() + "\n" + t : ""; }));
    for (var o : out) System.out.print(o.get());
    System.exit(0);
  }
}
