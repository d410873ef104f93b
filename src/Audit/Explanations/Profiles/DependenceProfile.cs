namespace Governance.Audit.Explanations.Profiles;

/// <summary>Partial dependence and the curves of single rows.</summary>
internal sealed class DependenceProfile(ProfileRequest request, ProfileRun run, double[] weights, double[] average)
{
    private bool HasMissing => request.Axes.Count == 1 && request.Axes[0].HasMissing;

    private int Points => request.Axes.Aggregate(1, (points, axis) => points * axis.Points);

    private int Asked => Points + (HasMissing ? 1 : 0);

    /// <summary>Computes the profile of each class.</summary>
    public IReadOnlyList<ClassProfile> Compute(CancellationToken cancellationToken)
    {
        double[] scores = Scores();
        if (request.Centred && request.Kind == ProfileKind.Ice)
        {
            Centre(scores);
        }

        return Of(scores, cancellationToken);
    }

    /// <summary>Shape [rows, points (with missing), outputs]: what the model says of every row at every point.</summary>
    public double[] Scores()
    {
        int asked = Asked;
        ProfileAxis? second = request.Axes.Count == 2 ? request.Axes[1] : null;
        PatchedRow[] jobs = new PatchedRow[request.Rows.Rows * asked];
        for (int job = 0; job < jobs.Length; job++)
        {
            int at = job % asked;
            jobs[job] = second is null
                ? new PatchedRow(job / asked, at)
                : new PatchedRow(job / asked, at / second.Points, at % second.Points);
        }

        return run.Score(jobs);
    }

    /// <summary>Moves every row's curve so that it begins at 0.</summary>
    public void Centre(double[] scores) => PartialDependence.Centre(scores, Asked, request.Outputs);

    /// <summary>The profile of each class from the model's answers.</summary>
    public IReadOnlyList<ClassProfile> Of(double[] scores, CancellationToken cancellationToken)
    {
        int points = Points;
        int asked = Asked;
        double[] value = new double[asked * request.Outputs];
        double[] low = new double[value.Length];
        double[] high = new double[value.Length];
        RowBootstrap.Run(
            weights, (drawn, result) => PartialDependence.Mean(scores, drawn, result), request.Resamples, request.Level, request.Seed,
            value, low, high, cancellationToken);
        return
        [
            .. run.Classes(value, low, high, average).Select((profile, output) => profile with
            {
                Missing = HasMissing ? Missing(points, output) : null,
                Curves = request.Kind == ProfileKind.Ice ? Curves(scores, asked, points, output) : null,
            }),
        ];

        MissingPoint Missing(int at, int output) =>
            new(value[(at * request.Outputs) + output], [low[(at * request.Outputs) + output], high[(at * request.Outputs) + output]]);
    }

    private IReadOnlyList<RowCurve> Curves(double[] scores, int asked, int points, int output) =>
    [
        .. Enumerable.Range(0, request.Rows.Rows).Select(row => new RowCurve(
            request.RowIndices?[row] ?? row,
            [.. Enumerable.Range(0, points).Select(point => scores[(((row * asked) + point) * request.Outputs) + output])])),
    ];
}
