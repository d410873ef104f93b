using Governance.Audit.Data;
using Governance.Audit.Encodings;

namespace Governance.Audit.Robustness;

/// <summary>Disturbs a model's inputs in many ways and measures how its answers hold.</summary>
/// <remarks>
/// As in Hendrycks and Dietterich, "Benchmarking neural network robustness to common corruptions and perturbations", ICLR
/// 2019, for tables, pictures and tokens. Intervals are percentile bootstraps over rows, the same resamples for all
/// figures; they hold the draws as they are. Deterministic for a seed. Costs rows · strengths · repeats rows of the model.
/// </remarks>
public static class MeasureRobustness
{
    /// <summary>Measures.</summary>
    /// <param name="request">What and how.</param>
    /// <param name="progress">Told the share done, in (0, 1]; null for nobody.</param>
    /// <param name="cancellationToken">Ends the run.</param>
    /// <exception cref="InputException">An option, the rows, the label and the model do not fit each other.</exception>
    public static RobustnessReport Run(RobustnessRequest request, IProgress<double>? progress, CancellationToken cancellationToken)
    {
        request.Check();
        return Run(request, [], progress, cancellationToken);
    }

    private static RobustnessReport Run(RobustnessRequest request, List<string> notes, IProgress<double>? progress, CancellationToken cancellationToken)
    {
        RobustnessSubject subject = RobustnessSubject.Of(request);
        Decisions own = request.Rule.Decide(request.Predictor.Predict(subject.Encoded, cancellationToken), request.Table, subject.Encoded);
        AnsweredRows answers = new(request, own);
        ChangedRows asTheyAre = answers.Compare(own);
        if (asTheyAre.Silent.Contains(1))
        {
            // There is nothing to compare changed answers of these rows with.
            int[] answered = [.. Enumerable.Range(0, request.Table.Rows).Where(row => asTheyAre.Silent[row] == 0)];
            string left = $"{asTheyAre.Silent.Sum():N0} rows for which the model gives no number as they are were left out.";
            return answered.Length == 0
                ? throw new InputException("The model gives no number for any of the rows as they are.")
                : Run(
                    request with { Table = request.Table.Take(answered), Weights = request.Weights is { } weights ? [.. answered.Select(row => weights[row])] : null },
                    [left], progress, cancellationToken);
        }

        IReadOnlyList<Perturbation> perturbations = RobustnessTests.Of(subject);
        notes.AddRange(Notes(subject));
        IReadOnlyList<(TestedColumn Column, Perturbation Noise, Perturbation? Missing)> single = SingleColumns.Of(subject, notes);
        PerturbedPoints points = new(request, answers, progress, perturbations.Concat(single.SelectMany(each => each.Missing is null ? [each.Noise] : (Perturbation[])[each.Noise, each.Missing])));
        IReadOnlyList<int[]> places = [.. perturbations.Select(form => points.Add(form, cancellationToken))];
        IReadOnlyList<(int Noise, int? Missing)> columns = [.. single.Select(each =>
            (points.Add(each.Noise, cancellationToken)[0], each.Missing is null ? (int?)null : points.Add(each.Missing, cancellationToken)[0]))];
        (IReadOnlyList<RobustMetric> baseline, IReadOnlyList<RobustnessPoint> figures) =
            new PointFigures(request, answers, asTheyAre).Run(points.Drawn, points.Refusals, cancellationToken);
        return new RobustnessReport
        {
            Task = request.Rule.IsRegression ? "value" : "classes",
            Positive = own.Scores is null ? null : request.Rule.Positive,
            Label = request.Label,
            Rows = request.Table.Rows,
            Weighted = request.Weights is not null,
            Baseline = baseline,
            Curves = [.. perturbations.Select((form, i) => new RobustnessCurve
            {
                Test = form.Test,
                Title = form.Title,
                Unit = form.Unit,
                Changed = form.Changed,
                Skipped = form.Skipped,
                Refusal = form.Refusal,
                Points = [.. places[i].Select(place => figures[place])],
            })],
            Fragile = SingleColumns.Rank(
                [.. single.Select((each, i) => (each.Column.Name, figures[columns[i].Noise], columns[i].Missing is int missing ? figures[missing] : null))]),
            FragileStrength = request.FragileStrength,
            Notes = notes,
            Repeats = request.Repeats,
            Resamples = request.Resamples,
            Level = request.Level,
            Seed = request.Seed,
            ModelRows = points.ModelRows + request.Table.Rows,
        };
    }

    private static IEnumerable<string> Notes(RobustnessSubject subject) =>
    [
        .. subject.Images.Select(image => $"The input '{image.Name}' is taken as a picture of {image.Height} × {image.Width}{(image.Channels > 1 ? $" with {image.Channels} channels" : "")}."),
        .. subject.Tokens.Select(input => $"The input '{subject.Encoded.Tensors[input].Name}' is taken as tokens, with padding {subject.Request.Padding}."),
    ];
}
