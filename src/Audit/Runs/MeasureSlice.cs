using Governance.Audit.Data;
using Governance.Audit.Fairness;
using Governance.Audit.Performance;
using Governance.Registry.Policies;

namespace Governance.Audit.Runs;

/// <summary>Measures one part of the scored rows with the engines. Pure.</summary>
internal static class MeasureSlice
{
    private static readonly AuditMeasures Defaults = new() { SpecSha256 = "" };

    /// <summary>How well the predictions agree with the label; null without a label.</summary>
    /// <param name="scored">The rows.</param>
    /// <param name="options">What the audit asks for.</param>
    /// <param name="policy">Level of intervals.</param>
    /// <param name="group">A column whose groups are measured too; null for none.</param>
    /// <param name="threads">At least 1; does not change the result.</param>
    /// <param name="warn">Receives what a reader must know.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static PerformanceReport? Performance(
        ScoredTable scored, AuditOptions options, PolicyPack policy, string? group, int threads, Action<AuditWarning> warn,
        CancellationToken cancellationToken)
    {
        if (scored.Label is null || scored.Table.Find(scored.Label) is null)
        {
            warn(new AuditWarning("no-label", "The data has no label column, so performance and error rates are not measured."));
            return null;
        }

        AuditMeasures measures = options.Measures ?? Defaults;
        bool binary = !scored.IsRegression && scored.Positive is not null;
        return MeasurePerformance.Run(
            scored.Table,
            new PerformanceOptions
            {
                Label = scored.Label,
                Prediction = scored.Prediction,
                Scores = scored.IsRegression ? [] : scored.Scores,
                Classes = scored.IsRegression || binary ? [] : scored.Classes ?? [],
                Positive = scored.Positive,
                Task = scored.IsRegression ? PerformanceTask.Regression : binary ? PerformanceTask.Binary : PerformanceTask.Multiclass,
                Weight = scored.Weight,
                Bins = measures.Bins,
                Binning = measures.Ece == "quantile" ? Binning.Quantile : Binning.Uniform,
                Level = policy.Level,
                Group = group,
                Interval = measures.PerformanceInterval switch
                {
                    "bootstrap" => IntervalMethod.Bootstrap,
                    "bca" => IntervalMethod.Bca,
                    _ => IntervalMethod.Analytic,
                },
                Resamples = measures.PerformanceResamples,
                Seed = options.Seed,
                Threads = threads,
            },
            warn, cancellationToken);
    }

    /// <summary>Metrics by the groups of one attribute, or of an intersection that stands as a column of its own.</summary>
    /// <param name="scored">The rows.</param>
    /// <param name="attribute">The column.</param>
    /// <param name="options">What the audit asks for.</param>
    /// <param name="policy">Level of intervals and the least size of groups.</param>
    /// <param name="threads">At least 1; does not change the result.</param>
    /// <param name="warn">Receives what a reader must know.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="InputException">There is no label, or a column cannot serve.</exception>
    public static FairnessReport Fairness(
        ScoredTable scored, string attribute, AuditOptions options, PolicyPack policy, int threads,
        Action<AuditWarning> warn, CancellationToken cancellationToken)
    {
        if (scored.Label is null)
        {
            throw new InputException("Fairness by group needs a label column; leave the protected columns empty for these data.");
        }

        AuditMeasures measures = options.Measures ?? Defaults;
        FairnessTask task = scored.IsRegression ? FairnessTask.Regression : scored.Positive is null ? FairnessTask.Multiclass : FairnessTask.Binary;
        return MeasureFairness.Run(
            scored.Table,
            new DecisionColumns
            {
                Label = scored.Label,
                Prediction = scored.Prediction,
                Score = task == FairnessTask.Binary && scored.Scores.Count == 1 ? scored.Scores[0] : null,
                Weight = scored.Weight,
                Positive = task == FairnessTask.Binary ? scored.Positive : null,
                Favourable = task == FairnessTask.Binary ? scored.Favourable : task == FairnessTask.Multiclass ? scored.Favourable : null,
            },
            new FairnessOptions
            {
                Protected = [attribute],
                Task = task,
                ReferenceGroups = Reference(attribute, measures),
                Level = policy.Level,
                MinGroup = policy.SmallestGroup,
                MinEvents = policy.FewestEvents,
                CategoryShare = policy.Limit("category-share"),
                Interval = measures.Interval switch
                {
                    "bootstrap" => FairnessInterval.Bootstrap,
                    "bca" => FairnessInterval.Bca,
                    _ => FairnessInterval.Wilson,
                },
                Resamples = measures.Resamples,
                Seed = options.Seed,
                Threads = threads,
                RelativeTo = measures.RelativeTo == "overall" ? Comparison.Overall : Comparison.Groups,
                Correction = CorrectionOf(options.Measures, policy),
            },
            warn, cancellationToken);
    }

    // A spec says how p values are adjusted; without one the policy does.
    private static Correction CorrectionOf(AuditMeasures? measures, PolicyPack policy) =>
        (measures?.Correction ?? policy.CorrectionOf("fairness")?.Method.ToString().ToLowerInvariant()) switch
        {
            "bh" => Correction.BenjaminiHochberg,
            "none" => Correction.None,
            _ => Correction.Holm,
        };

    // An intersection has a reference group where each of its columns has one.
    private static Dictionary<string, string> Reference(string attribute, AuditMeasures measures)
    {
        string[] members = attribute.Split('|');
        return members.All(measures.ReferenceGroups.ContainsKey)
            ? new Dictionary<string, string> { [attribute] = string.Join('|', members.Select(member => measures.ReferenceGroups[member])) }
            : [];
    }
}
