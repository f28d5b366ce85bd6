package dev.requorum.operator.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import java.util.List;

/** {@code spec.tls} of an EtcdCluster. Wire format; the operator refuses to serve it. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public class TlsSpec {

  @JsonPropertyDescription("auto or cert-manager.")
  public String provider;

  public ProviderConfig providerCfg;

  /** The configuration of one provider. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public static class ProviderConfig {
    public CertificateConfig autoCfg;
    public CertManagerConfig certManagerCfg;
  }

  /** What a certificate says. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public static class CertificateConfig {
    public String commonName;
    public List<String> organizations;
    public AltNames altNames;
    public String validityDuration;
    public String caBundleSecret;
  }

  /** The same, and who issues it. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public static class CertManagerConfig extends CertificateConfig {
    @Required public String issuerKind;
    @Required public String issuerName;
  }

  /** Subject alternative names. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public static class AltNames {
    public List<String> dnsNames;
    public List<String> ipAddresses;
  }
}
