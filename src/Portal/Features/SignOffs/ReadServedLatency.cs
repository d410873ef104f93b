using Governance.Audit.Traffic;
using Governance.Audit.Traffic.Summaries;
using Governance.Registry.Deployments;

namespace Governance.Portal.Features.SignOffs;

/// <summary>Reads how long answers took from what was counted of the traffic of deployments: it outlives the process that answered.</summary>
internal sealed class ReadServedLatency(ReadSummaries summaries, TimeProvider clock)
{
    private const int Days = 7;

    /// <summary>Of the first of the deployments whose recent traffic says; null where none does.</summary>
    public async Task<ServedLatency?> OfAsync(IReadOnlyList<DeploymentView> live, CancellationToken cancellationToken)
    {
        DateTimeOffset now = clock.GetUtcNow();
        foreach (DeploymentView each in live)
        {
            // Whole days, of which sums and quantiles are kept, and today as far as it went.
            DateTimeOffset from = new(now.UtcDateTime.Date.AddDays(1 - Days), TimeSpan.Zero);
            WindowSummary window = await summaries.WindowAsync(each.Deployment.Id, from, from.AddDays(Days), cancellationToken);
            if (window.Latency is { Count: > 0, Sketch: QuantileSketch sketch } latency)
            {
                // The number of answers below the true quantile is binomial: its normal interval, read back as quantiles.
                double half = 1.959964 * Math.Sqrt(0.95 * 0.05 / latency.Count);
                return new ServedLatency(latency.Count, sketch.Quantile(0.5), sketch.Quantile(0.95), $"in the traffic of {each.Deployment.Environment} over {Days} days")
                {
                    P95Interval = [sketch.Quantile(0.95 - half > 0 ? 0.95 - half : 0), sketch.Quantile(Math.Min(1, 0.95 + half))],
                };
            }
        }

        return null;
    }
}
