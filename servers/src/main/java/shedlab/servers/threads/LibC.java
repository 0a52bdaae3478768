package shedlab.servers.threads;

import com.sun.jna.LastErrorException;
import com.sun.jna.Library;

/** Linux calls for single threads that Java does not offer; thread 0 is the calling one. */
@SuppressWarnings("UnusedMethod") // called by name, through JNA
interface LibC extends Library {
  int setpriority(int which, int who, int nice) throws LastErrorException;

  int getpriority(int which, int who) throws LastErrorException;

  int sched_setscheduler(int thread, int policy, int[] priority) throws LastErrorException;

  int sched_getscheduler(int thread) throws LastErrorException;

  long syscall(long number, Object... arguments) throws LastErrorException;

  int sched_setaffinity(int thread, long bytes, long[] mask) throws LastErrorException;

  int sched_getaffinity(int thread, long bytes, long[] mask) throws LastErrorException;
}
