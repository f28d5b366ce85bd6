package dev.requorum.fabric8;

import dev.requorum.fabric8.controlplane.ControlPlane;
import dev.requorum.fabric8.controlplane.ControlPlaneRestorationWorld;
import dev.requorum.ports.kubernetes.RestorationContract;
import dev.requorum.ports.kubernetes.RestorationWorld;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;

@DisplayName("The restoration on Kubernetes restores, marks and discards as every restoration does")
class Fabric8RestorationTest extends RestorationContract {

  @Override
  protected RestorationWorld world() {
    return new ControlPlaneRestorationWorld();
  }

  @AfterEach
  void controllersGoOn() {
    ControlPlane.shared().resumeControllers();
  }
}
