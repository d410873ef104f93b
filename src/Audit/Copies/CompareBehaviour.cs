using Governance.Audit.Data;
using Governance.Audit.Explanations;
using Governance.Audit.Inference;

namespace Governance.Audit.Copies;

/// <summary>Asks model, suspect and controls the same secret questions.</summary>
internal sealed class CompareBehaviour(CopyQuestion question, CopyParty model, PredictorOptions run, Action<string>? progress)
{
    // From here on the baseline explains the model so well that nothing of its own is left to compare.
    private const double NoHabits = 0.97;
    private const int Resamples = 400;
    private const int MostBaselineFeatures = 40;

    /// <summary>The trees of the trained controls, after <see cref="Compare"/>.</summary>
    public IReadOnlyList<IReadOnlyList<TreeSplits>> ControlTrees { get; private set; } = [];

    /// <summary>Compares; or says why it cannot be done.</summary>
    public (BehaviourLikeness? Likeness, string? Reason) Compare(CopyParty suspect, CancellationToken cancellationToken)
    {
        string[] columns = [.. model.Columns.Union(suspect.Columns, StringComparer.Ordinal)];
        Table data = new([.. columns.Select(name => question.Data.Need(name))]);
        ProbeRows probes = ProbeRows.Draw(data, question.Secret, Closeness(cancellationToken));
        progress?.Invoke($"Asking both models {probes.Table.Rows} secret questions");
        ScoreTable ours = model.Score(probes.Table, cancellationToken);
        if (Aligned(suspect.Score(probes.Table, cancellationToken), ours) is not (ScoreTable theirs, bool moved))
        {
            return (null, "The suspect answers in another form than the model (other classes, or a value in place of a class), so their answers cannot be compared.");
        }

        FeatureScale scale = new(model.Encode(question.Data));
        double[] features = scale.Apply(model.Encode(probes.Table));
        TrainingRows? rows = LabelledRows.Read(question, model, scale);
        int seed = (int)SeededRandom.Mix(BitConverter.ToUInt64(question.Secret));
        List<ScoreTable> baselines = [.. FeatureColumns(features, scale.Width, ours)];
        List<(FollowedAnswers Answers, ScoreTable Scores)> controls = [];
        if (rows is not null)
        {
            progress?.Invoke("Training independent models on the same data");
            baselines.Add(ControlModels.Baseline(rows, features, seed, cancellationToken));
            IReadOnlyList<ControlModel> trained = ControlModels.Train(suspect.Family, rows, features, seed, cancellationToken);
            controls.AddRange(trained.Where(control => control.Scores.Width == ours.Width)
                .Select(control => (Follow(control.Name, false, control.Scores, ours, baselines), control.Scores)));
            ControlTrees = [.. trained.Where(control => control.Trees.Count > 0).Select(control => LabelledRows.InUnits(control.Trees, scale))];
        }

        foreach (GivenControl control in question.Controls)
        {
            using CopyParty party = CopyParty.Load(
                control.File, control.Encoding, question.Encoding, question.Data, run, cancellationToken);
            if (Aligned(party.Score(probes.Table, cancellationToken), ours) is (ScoreTable scores, bool _))
            {
                controls.Add((Follow(control.Name, true, scores, ours, baselines), scores));
            }
        }

        bool habits = ScoreAgreement.Explained(ours, baselines) < NoHabits;
        FollowedAnswers follows = Follow("suspect", false, theirs, ours, baselines);
        return (new BehaviourLikeness(
            probes.Table.Rows, habits ? "residual" : "scores", follows, Interval(theirs, ours, baselines, habits, seed),
            [.. controls.Select(control => control.Answers)],
            controls.Count == 0 ? null : JudgeCopy.LimitOf(controls.Select(control => JudgeCopy.MeasureOf(control.Answers, habits)), habits),
            moved), null);
    }

    // Smaller is nearer to where the model's answer turns: |log-odds|, or the lead of the first class over the second.
    private Func<Table, double[]>? Closeness(CancellationToken cancellationToken) => model.IsRegression ? null : rows =>
    {
        ScoreTable scores = model.Score(rows, cancellationToken);
        return [.. Enumerable.Range(0, scores.Rows).Select(row =>
        {
            double[] own = [.. scores.Values.AsSpan(row * scores.Width, scores.Width).ToArray().OrderDescending().Take(2)];
            return own.Length == 1 ? Math.Abs(own[0]) : own[0] - own[1];
        })];
    };

    private static (ScoreTable, bool)? Aligned(ScoreTable scores, ScoreTable model) => ClassMatch.Align(scores, model);

    private static FollowedAnswers Follow(
        string name, bool given, ScoreTable scores, ScoreTable model, IReadOnlyList<ScoreTable> baselines)
    {
        Agreement agreement = ScoreAgreement.Of(scores, model, baselines);
        return new FollowedAnswers(name, given, agreement.Labels, agreement.Correlation, agreement.Residual);
    }

    // Each feature by itself is a baseline too: it takes out what any weighted sum would say.
    private static IEnumerable<ScoreTable> FeatureColumns(double[] features, int width, ScoreTable model) =>
        model.Width > 1 || width > MostBaselineFeatures
            ? []
            : Enumerable.Range(0, width).Select(column => new ScoreTable(
                [.. Enumerable.Range(0, model.Rows).Select(row => features[(row * width) + column])], 1, []));

    private static double[] Interval(
        ScoreTable suspect, ScoreTable model, IReadOnlyList<ScoreTable> baselines, bool habits, int seed)
    {
        double[] values = new double[Resamples];
        SeededRandom random = new(seed, 7);
        for (int i = 0; i < Resamples; i++)
        {
            int[] rows = new int[model.Rows];
            for (int j = 0; j < rows.Length; j++)
            {
                rows[j] = random.NextBelow(rows.Length);
            }

            Agreement agreement = ScoreAgreement.Of(suspect, model, habits ? baselines : [], rows);
            values[i] = habits ? agreement.Residual : agreement.Correlation;
        }

        Array.Sort(values);
        return [values[Resamples / 40], values[Resamples - 1 - (Resamples / 40)]];
    }
}
