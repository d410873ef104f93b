namespace Governance.Audit.Explanations.Profiles;

/// <summary>Partial dependence and the curves of single rows.</summary>
internal sealed class DependenceProfile(ProfileRequest request, ProfileRun run, double[] weights, double[] average)
{
    /// <summary>Computes the profile of each class.</summary>
    public IReadOnlyList<ClassProfile> Compute(CancellationToken cancellationToken)
    {
        ProfileAxis first = request.Axes[0];
        ProfileAxis? second = request.Axes.Count == 2 ? request.Axes[1] : null;
        bool missing = second is null && first.HasMissing;
        int points = first.Points * (second?.Points ?? 1);
        int asked = points + (missing ? 1 : 0);
        PatchedRow[] jobs = new PatchedRow[request.Rows.Rows * asked];
        for (int job = 0; job < jobs.Length; job++)
        {
            int at = job % asked;
            jobs[job] = second is null
                ? new PatchedRow(job / asked, at)
                : new PatchedRow(job / asked, at / second.Points, at % second.Points);
        }

        double[] scores = run.Score(jobs);
        if (request.Centred && request.Kind == ProfileKind.Ice)
        {
            PartialDependence.Centre(scores, asked, request.Outputs);
        }

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
                Missing = missing ? Missing(points, output) : null,
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
