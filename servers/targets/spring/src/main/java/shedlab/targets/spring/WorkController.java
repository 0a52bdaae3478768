package shedlab.targets.spring;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.resilience.InvocationRejectedException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

@RestController
class WorkController {
  private static final int MAX_UNITS = 10_000_000;

  private final Work work;

  WorkController(Work work) {
    this.work = work;
  }

  @GetMapping(path = "/work", produces = "text/plain")
  String work(@RequestParam(defaultValue = "${TASK_UNITS:1000}") int units) {
    if (units < 1 || units > MAX_UNITS) {
      throw new ResponseStatusException(HttpStatus.BAD_REQUEST);
    }
    return "%016x\n".formatted(work.checksum(units));
  }

  @GetMapping(path = "/healthz", produces = "text/plain")
  String health() {
    return "ok\n";
  }

  @ExceptionHandler(InvocationRejectedException.class)
  ResponseEntity<String> shed() {
    return ResponseEntity.status(HttpStatus.TOO_MANY_REQUESTS)
        .header(HttpHeaders.RETRY_AFTER, "1")
        .body("shed\n");
  }
}
