package shedlab.targets.spring;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.resilience.annotation.EnableResilientMethods;

/** The endpoint on Spring Boot, with everything that Boot decides left as it is. */
@SpringBootApplication
@EnableResilientMethods
public class SpringTarget {
  /** Serves until SIGTERM comes. */
  public static void main(String[] arguments) {
    SpringApplication.run(SpringTarget.class, arguments);
  }
}
