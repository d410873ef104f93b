using Governance.Registry.Deployments;
using Governance.Registry.Monitors;

namespace Governance.Tests;

/// <summary>Readings of thirty days: one column drifts from day 12 on, accuracy falls from day 20 on.</summary>
internal static class GivenReadings
{
    public static readonly DateTimeOffset Start = new(2026, 2, 1, 0, 0, 0, TimeSpan.Zero);

    public const int Days = 30;

    /// <summary>Every reading of a deployment.</summary>
    /// <param name="deployment">Which.</param>
    /// <param name="plan">By which plan.</param>
    /// <param name="columns">How many columns are watched for drift; the first one drifts.</param>
    public static IReadOnlyList<MonitorReading> Of(DeploymentId deployment, MonitorPlanId plan, int columns = 4)
    {
        List<MonitorReading> all = [];
        for (int day = 0; day < Days; day++)
        {
            double accuracy = 0.82 - (day >= 20 ? 0.06 : 0) + (0.004 * Math.Sin(day));
            all.Add(Reading("estimate", "estimate", "accuracy", day, accuracy, 0.02) with { Reference = 0.82 });
            if (day < 22)
            {
                all.Add(Reading("realised", "performance", "accuracy", day, accuracy + 0.005, 0.03) with { Reference = 0.82 });
            }

            all.Add(Reading("parity", "fairness", "demographic_parity_ratio", day, 0.86 - (0.003 * day), 0.03) with { Attribute = "sex", Reference = 0.8 });
            all.Add(Reading("drift", "drift", "ks", day, 0.02 + (day >= 12 ? 0.05 : 0), null) with { Column = "(score)" });
            for (int column = 0; column < columns; column++)
            {
                bool drifts = column == 0 && day >= 12;
                all.Add(Reading("drift", "drift", "ks", day, drifts ? 0.2 : 0.02 + (0.001 * column), null) with
                {
                    Column = $"c{column}", PValue = drifts ? 1e-9 : 0.4, Adjusted = drifts ? 1e-7 : 1,
                    Verdict = !drifts ? MonitorVerdict.Within : day == 12 ? MonitorVerdict.Warning : MonitorVerdict.Breach,
                });
            }

            all.Add(Reading("ranks", "attribution", "ndcg", day, 0.98 - (0.001 * day), null));
            all.Add(Reading("speed", "latency", "p95", day, 18 + (day % 3), null));
            all.Add(Reading("rows", "volume", "rows", day, 1_000 + (10 * day), null));
            all.Add(Reading("young", "drift", "ks", day, 0.05, null) with { Column = "c1", Cohort = "young" });
        }

        return [.. all.Select(reading => reading with { Series = $"{reading.Metric} {reading.Column}".TrimEnd() })];

        MonitorReading Reading(string monitor, string kind, string metric, int day, double value, double? half) => new()
        {
            Deployment = deployment, Plan = plan, Monitor = monitor, Kind = kind, Metric = metric, Series = metric, Rows = 1_000,
            WindowFrom = Start.AddDays(day), WindowTo = Start.AddDays(day + 1), DueAt = Start.AddDays(day + 1), Value = value, Low = value - half, High = value + half,
            Threshold = 0.001, PValue = 0.4, Adjusted = 1, Verdict = MonitorVerdict.Within, Settled = true, Sentence = $"{metric} is {value:0.000} on day {day + 1}.",
        };
    }
}
