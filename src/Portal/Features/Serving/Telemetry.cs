using Governance.Audit.Serving;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;

namespace Governance.Portal.Features.Serving;

/// <summary>Sends measurements to a collector by OTLP (HTTP, protobuf); nothing is sent unless an endpoint is named.</summary>
/// <remarks>Names of models, numbers of versions and templates of routes leave the portal, no row and no person.</remarks>
internal static class Telemetry
{
    /// <summary>The environment variable that names the collector.</summary>
    public const string Variable = "GOVERNANCE_OTLP";

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    /// <summary>Adds it where the options name a collector.</summary>
    public static void AddTelemetry(this IServiceCollection services, PortalOptions options)
    {
        if (options.Otlp is not Uri collector)
        {
            return;
        }

        services.AddSingleton(_ => Sdk.CreateMeterProviderBuilder()
            .SetResourceBuilder(ResourceBuilder.CreateDefault().AddService("governance"))
            .AddMeter(ServingInstruments.MeterName, "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "System.Runtime")
            .AddOtlpExporter((export, reader) =>
            {
                export.Endpoint = new Uri(collector, "/v1/metrics");
                export.Protocol = OtlpExportProtocol.HttpProtobuf;
                export.HttpClientFactory = () => new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { Timeout = Limit };
                reader.PeriodicExportingMetricReaderOptions.ExportIntervalMilliseconds = (int)options.OtlpInterval.TotalMilliseconds;
            })
            .Build());
        services.AddHostedService<SendTelemetry>();
    }
}

/// <summary>Makes the provider when the host starts, and sends what is left when it ends.</summary>
internal sealed class SendTelemetry(MeterProvider provider) : IHostedService
{
    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.Run(() => provider.ForceFlush(5_000), cancellationToken);
}
