using Governance.Audit.Comparisons;
using Governance.Audit.Data;
using Governance.Audit.Equivalence;
using Governance.Audit.Explanations;
using Governance.Audit.Explanations.Profiles;
using Governance.Audit.Findings;
using Governance.Audit.Inference;
using Governance.Audit.Performance;
using Governance.Audit.Slices;
using Governance.Registry.Policies;

namespace Governance.Audit.Runs;

/// <summary>Runs the equivalence battery: a variant and its parent on the same rows, judged by the limits of a policy pack.</summary>
/// <remarks>
/// The document is deterministic as that of an audit is: the same inputs give the same bytes. What is measured by the clock is
/// <see cref="Speed"/>, beside it. Asks no registry, so that the command line and a worker run it alike.
/// </remarks>
public sealed class ComputeEquivalence(AuditInputs inputs, AuditOptions options, PolicyPack pack, TimeProvider time)
{
    /// <summary>Rows that are disturbed at most.</summary>
    public const int DisturbedRows = 1_000;

    private const int Stages = 6;
    private static readonly TimeSpan BatchLimit = TimeSpan.FromMinutes(5);

    private readonly StageClock clock = new(time);
    private readonly List<AuditWarning> warnings = [];

    /// <summary>Seconds by stage, after <see cref="Run"/>.</summary>
    public IReadOnlyDictionary<string, double> Seconds => clock.Seconds;

    /// <summary>Rows that both models scored, after <see cref="Run"/>, without those that were timed.</summary>
    public long ModelRows { get; private set; }

    /// <summary>What the two cost, after <see cref="Run"/>; null before.</summary>
    public SpeedReport? Speed { get; private set; }

    /// <summary>Runs it.</summary>
    /// <param name="threads">At least 1; does not change the document.</param>
    /// <param name="progress">Told of stages.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="InputException">Models, encodings, data and options do not fit each other.</exception>
    public FindingsDocument Run(int threads, IRunProgress progress, CancellationToken cancellationToken)
    {
        ParentInputs parent = inputs.Parent ?? throw new InputException("The battery compares a variant with the version that it was made from.");
        AuditInputs variant = inputs with { Evaluation = Labelled(parent) };
        progress.Report("Scoring rows with both", 0, Stages);
        PredictorOptions run = new() { Provider = "cpu", Threads = threads, BatchRows = ComputeFindings.BatchRows, RunLimit = BatchLimit };
        AuditInputs before = variant with { Subject = parent.Subject, Model = parent.Model, Encoding = parent.Encoding };
        using EquivalenceSide a = clock.Measure("predict", () => EquivalenceSide.Load(before, options, run, cancellationToken));
        AuditOptions alike = options with { Label = a.Scored.Label, Positive = options.Positive ?? a.Scored.Positive, Favourable = a.Scored.Favourable };
        using EquivalenceSide b = clock.Measure("predict", () => EquivalenceSide.Load(variant, alike, run, cancellationToken));
        PairedRows rows = JoinSides.Of(a.Scored, b.Scored, options.Protected);
        ModelRows = 2L * rows.Table.Rows;

        progress.Report("Comparing decisions", 1, Stages);
        ComparisonReport compared = clock.Measure("compare", () => Compare(rows, parent, threads, cancellationToken));
        List<EquivalenceLine> lines = [.. WholeLines.Of(rows, compared, pack), .. GroupLines.Of(rows, pack), Size(parent)];
        progress.Report("Searching the worst cohort", 2, Stages);
        lines.AddRange(clock.Measure("cohorts", () => CohortLines.Of(rows, pack, options.Seed, threads, cancellationToken).ToArray()));
        progress.Report("Disturbing inputs", 3, Stages);
        lines.AddRange(clock.Measure("robustness", () => Disturbed(a, b, rows, cancellationToken).ToArray()));
        progress.Report("Explaining rows with both", 4, Stages);
        (IEnumerable<EquivalenceLine> agreement, int explained) = clock.Measure("explanation", () => Explained(a, b, progress, cancellationToken));
        lines.AddRange(agreement);
        progress.Report("Timing both in turn", 5, Stages);
        Speed = clock.Measure("speed", () => Timed(parent, a, b, rows, cancellationToken));
        lines.AddRange(WholeLines.Reported(compared));
        return Document(a.Scored, parent, Report(rows, compared, lines, explained));
    }

    // Both are measured on rows whose truth is known, the same rows for every part.
    private AuditTable Labelled(ParentInputs parent)
    {
        AuditTable data = options.Measures?.Where is string where
            ? inputs.Evaluation with { Table = Cohorts.Cohort.Parse(where).Take(inputs.Evaluation.Table) }
            : inputs.Evaluation;
        string label = options.Label ?? (parent.Encoding is null ? null : Encodings.ModelEncoding.Read(parent.Encoding).Label?.Column) ?? data.Label
            ?? throw new InputException("Which column holds what was true? The equivalence battery needs labelled rows.");
        return data with { Label = label, Table = KnownLabels.Take(data.Table, label, warnings.Add) };
    }

    private ComparisonReport Compare(PairedRows rows, ParentInputs parent, int threads, CancellationToken cancellationToken) => ComparePredictions.Run(
        rows.Table, rows.A, rows.B,
        new ComparisonOptions
        {
            A = Name(parent.Subject), B = Name(inputs.Subject), Favourable = rows.Favourable, Protected = rows.IsRegression ? [] : rows.Protected, MinGroup = pack.SmallestGroup,
            Performance = new PerformanceOptions
            {
                Label = rows.Label, Positive = rows.Positive, Task = rows.Task, Classes = rows.Classes, Level = pack.Level,
                Interval = IntervalMethod.Bootstrap, Seed = options.Seed, Threads = threads,
            },
        },
        warnings.Add, cancellationToken);

    private EquivalenceLine Size(ParentInputs parent)
    {
        double ratio = (double)inputs.Model.Length / parent.Model.Length;
        return JudgeLine.Of(
            new EquivalenceLine
            {
                Name = "size_ratio", Topic = EquivalenceTopics.Cost, A = parent.Model.Length, B = inputs.Model.Length, Difference = ratio, Interval = [ratio, ratio], N = 1,
            },
            EquivalenceLimits.SizeRatio, LimitSide.Rise, pack);
    }

    private IEnumerable<EquivalenceLine> Disturbed(EquivalenceSide a, EquivalenceSide b, PairedRows rows, CancellationToken cancellationToken)
    {
        Table drawn = rows.Table.Take(SampleRows.Draw([.. Enumerable.Range(0, rows.Table.Rows)], DisturbedRows, options.Seed));
        return RobustnessLines.Of(
            a.Disturbed(drawn, rows.Label, rows.Positive, pack), b.Disturbed(drawn, rows.Label, rows.Positive, pack), pack, cancellationToken);
    }

    private (IEnumerable<EquivalenceLine> Lines, int Rows) Explained(EquivalenceSide a, EquivalenceSide b, IRunProgress progress, CancellationToken cancellationToken)
    {
        if (options.Explanation.Rows == 0)
        {
            return (AttributionLines.Open("no rows were explained.", pack), 0);
        }

        ExplanationReport first = Explain(a, options.Explanation.Method);
        ExplanationReport second;
        try
        {
            second = Explain(b, first.Method);
        }
        catch (InputException)
        {
            // A method that reads the parent's trees has nothing to read in a network: the variant is explained as it can be.
            second = Explain(b, "auto");
        }

        return (AttributionLines.Of(first, second, pack, options.Seed).ToArray(), Math.Min(first.Rows.Count, second.Rows.Count));

        ExplanationReport Explain(EquivalenceSide side, string method) =>
            side.Explain(method, new Quiet(progress), warnings.Add, spent => ModelRows += spent, time, cancellationToken);
    }

    private SpeedReport Timed(ParentInputs parent, EquivalenceSide a, EquivalenceSide b, PairedRows rows, CancellationToken cancellationToken)
    {
        Table few = rows.Table.Head(MeasureSpeed.Sizes[^1]);
        return MeasureSpeed.Run(parent.Model, inputs.Model, a.Encoder.Encode(few), b.Encoder.Encode(few), pack, time, cancellationToken);
    }

    private EquivalenceReport Report(PairedRows rows, ComparisonReport compared, List<EquivalenceLine> lines, int explained) => new()
    {
        A = compared.A,
        B = compared.B,
        Task = compared.Task,
        Positive = rows.Positive,
        Favourable = rows.Favourable,
        Count = compared.Count,
        Level = pack.Level,
        Protected = rows.Protected,
        ExplainedRows = explained,
        Lines = [.. lines.OrderBy(line => EquivalenceTopics.All.ToList().IndexOf(line.Topic)).ThenBy(line => line.Limit is null)],
        Flips = compared.Flips,
        Groups = compared.Groups,
    };

    private FindingsDocument Document(ScoredTable scored, ParentInputs parent, EquivalenceReport report) => new()
    {
        Engine = new EngineIdentity(Engine.Name, Engine.OnnxRuntime, "cpu", ComputeFindings.BatchRows),
        Subject = inputs.Subject,
        Parent = parent.Subject,
        Data =
        [
            new AuditData("evaluation", inputs.Evaluation.Name, inputs.Evaluation.Digest, report.Count),
            .. options.Explanation.Rows == 0 ? [] : (AuditData[])[new AuditData(
                "background", inputs.Background.Name, inputs.Background.Digest, Math.Min(options.BackgroundRows, inputs.Background.Table.Rows))],
        ],
        Options = options with { Label = scored.Label, Positive = report.Positive, Favourable = report.Favourable },
        Policy = new PolicyReference(pack.Name, pack.Number),
        Findings = [.. EquivalenceFindings.From(report)],
        Warnings = [.. warnings.Distinct()],
        Equivalence = report,
    };

    private static string Name(AuditSubject subject) => subject.Version > 0 ? $"{subject.Model}/{subject.Version}" : subject.Model;

    // Rows are told in the words of the stage; the run counts stages.
    private sealed class Quiet(IRunProgress progress) : IRunProgress
    {
        public void Report(string stage, long done, long total) => progress.Report(stage, 4, Stages);
    }
}
