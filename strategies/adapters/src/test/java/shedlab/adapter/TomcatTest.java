package shedlab.adapter;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletRegistration;
import jakarta.servlet.http.HttpServlet;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Set;
import org.apache.catalina.Context;
import org.apache.catalina.startup.Tomcat;
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
    context.addServletContainerInitializer(
        (classes, servlets) -> {
          FilterRegistration.Dynamic filter =
              servlets.addFilter("shedding", new SheddingFilter(gate));
          filter.setAsyncSupported(true);
          filter.addMappingForUrlPatterns(
              EnumSet.of(DispatcherType.REQUEST, DispatcherType.ASYNC), false, "/*");
          ServletRegistration.Dynamic servlet = servlets.addServlet("service", service);
          servlet.setAsyncSupported(true);
          servlet.addMapping("/*");
        },
        Set.of());
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
