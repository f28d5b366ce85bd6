package dev.requorum.ports;

import dev.requorum.ports.etcd.MemberEndpoint;
import java.net.URI;
import org.junit.jupiter.api.DisplayName;

@DisplayName("Preserved copies in memory")
class InMemoryPreservationTest extends PreservationContract {

  private final InMemoryPreservation preservation = new InMemoryPreservation();

  @Override
  protected Preservation preservation() {
    return preservation;
  }

  @Override
  protected MemberEndpoint member() {
    preservation.putData("demo-2", 4096);
    return new MemberEndpoint("demo-2", URI.create("http://10.0.0.3:2379"));
  }

  @Override
  protected void breakOff(boolean breaksOff) {
    preservation.breakOff(breaksOff);
  }
}
