using Governance.Audit.Statistics;

namespace Governance.Audit.Theft.Attacks;

/// <summary>The figures that gates are set on: the best copy of each audience beside the best without protection. Pure.</summary>
internal static class RedTeamMetrics
{
    /// <summary>Collects them.</summary>
    public static IReadOnlyList<RedTeamMetric> Of(
        IReadOnlyList<FrontDoorTerms> terms, IReadOnlyList<AttackTry> tries, IReadOnlyList<MembershipFigures> membership, int rows, double level)
    {
        AttackTry? free = Best(FrontDoorTerms.Off, tries);
        List<RedTeamMetric> metrics = [];
        if (free is not null)
        {
            metrics.Add(new RedTeamMetric(
                "theft.fidelity.off", free.Quality!.Fidelity, free.Quality.Fidelity, 0, null, "same", free.Result.FidelityInterval, rows, free.Result.Attack));
        }

        foreach (string role in terms.Skip(1).Select(one => one.Name))
        {
            if (free is not null && Best(role, tries) is AttackTry best)
            {
                metrics.Add(Fidelity(role, free, best, rows, level));
            }
        }

        MembershipFigures? whole = membership.FirstOrDefault(one => one.Role == FrontDoorTerms.Off);
        metrics.AddRange(membership.Select(one => new RedTeamMetric(
            one == whole ? "theft.membership_auc" : $"theft.membership_auc.{one.Role}", whole?.Auc, one.Auc, one.Auc - whole?.Auc, null,
            one == whole || one.Auc == whole?.Auc ? "same" : "undecided", one.AucInterval, one.Members + one.Others, null)));
        metrics.AddRange(tries.Where(one => one.Result.Skipped is null && one.Result.Role != FrontDoorTerms.Off).Select(one => new RedTeamMetric(
            $"theft.queries_to_alarm.{one.Result.Role}.{one.Result.Attack}", null, one.Result.AlarmAt, null, null, "undecided", null, one.Result.Queries, one.Result.Attack)));
        return metrics;
    }

    /// <summary>The copy with the highest fidelity on somebody's terms, the first of equals; null where none was made.</summary>
    public static AttackTry? Best(string role, IReadOnlyList<AttackTry> tries) =>
        tries.Where(one => one.Quality is not null && one.Result.Role == role).MaxBy(one => one.Quality!.Fidelity);

    private static RedTeamMetric Fidelity(string role, AttackTry free, AttackTry best, int rows, double level)
    {
        double difference = best.Quality!.Fidelity - free.Quality!.Fidelity;
        Interval? interval = Paired(free.Quality.Agrees, best.Quality.Agrees, level);
        string verdict = difference == 0 && interval is null ? "same"
            : interval switch { { High: < 0 } => "b-better", { Low: > 0 } => "a-better", _ => "undecided" };
        return new RedTeamMetric(
            $"theft.fidelity.{role}", free.Quality.Fidelity, best.Quality.Fidelity, difference, interval?.ToArray(), verdict,
            best.Result.FidelityInterval, rows, best.Result.Attack);
    }

    // Both copies are judged on the same rows, so that their difference is a mean over rows.
    private static Interval? Paired(bool[] a, bool[] b, double level)
    {
        MeanEstimate mean = default;
        for (int row = 0; row < a.Length; row++)
        {
            mean.Add((b[row] ? 1 : 0) - (a[row] ? 1 : 0), 1);
        }

        return mean.Interval(level);
    }
}
