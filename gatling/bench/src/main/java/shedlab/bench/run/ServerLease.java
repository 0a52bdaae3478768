package shedlab.bench.run;

import org.jspecify.annotations.Nullable;
import shedlab.bench.experiment.Cell;
import shedlab.bench.experiment.Plan;
import shedlab.bench.host.Hosted;

/** The server of a group's cells; a new one is started when the last cannot be used any more. */
final class ServerLease implements AutoCloseable {
  private final Station station;
  private final Progress progress;
  private @Nullable Hosted server;

  ServerLease(Station station, Progress progress) {
    this.station = station;
    this.progress = progress;
  }

  /** A server for this cell, warm and idle. */
  Hosted server(Cell cell, Capacity capacity) {
    if (server != null && !new ServerProbe(server.url()).awaitIdle()) {
      end(); // it would work off the last cell's load in this one
    }
    if (server == null) {
      progress.phase("warming up " + cell.server() + " " + cell.strategy());
      server =
          station.start(
              cell.server(), Plan.filled(cell.strategy(), capacity.perSecond()), cell.variant());
    }
    return server;
  }

  /** The end of the server's log, to be added to a message; empty if there is no server. */
  String lastWords() {
    return server == null ? "" : "; server: " + server.log();
  }

  /** Stops the server; the next cell gets a new one. */
  void end() {
    if (server != null) {
      server.close();
      server = null;
    }
  }

  @Override
  public void close() {
    end();
  }
}
