package shedlab.adapter;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServlet;
import java.nio.file.Path;
import org.apache.catalina.Context;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.util.descriptor.web.FilterDef;
import org.apache.tomcat.util.descriptor.web.FilterMap;
import org.junit.jupiter.api.io.TempDir;
import shedlab.adapter.servlet.SheddingFilter;

final class TomcatTest implements ServletContract {
  @TempDir Path folder = Path.of("");

  @Override
  public Running start(ServiceGate gate, HttpServlet service) throws Exception {
    Tomcat server = new Tomcat();
    server.setBaseDir(folder.toString());
    server.setHostname("localhost");
    server.setPort(0);
    Context context = server.addContext("", null);
    FilterDef filter = new FilterDef();
    filter.setFilterName("shedding");
    filter.setFilter(new SheddingFilter(gate));
    filter.setAsyncSupported("true");
    context.addFilterDef(filter);
    FilterMap where = new FilterMap();
    where.setFilterName("shedding");
    where.addURLPattern("/*");
    where.setDispatcher(DispatcherType.REQUEST.name());
    where.setDispatcher(DispatcherType.ASYNC.name());
    context.addFilterMap(where);
    Tomcat.addServlet(context, "service", service).setAsyncSupported(true);
    context.addServletMappingDecoded("/*", "service");
    server.getConnector();
    server.start();
    return new Running(
        server.getConnector().getLocalPort(),
        () -> {
          server.stop();
          server.destroy();
        });
  }
}
