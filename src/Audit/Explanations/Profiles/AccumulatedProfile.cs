namespace Governance.Audit.Explanations.Profiles;

/// <summary>Accumulated local effects of one column or of a pair.</summary>
internal sealed class AccumulatedProfile(ProfileRequest request, ProfileRun run, double[] weights, double[] average)
{
    private readonly ProfileAxis first = request.Axes[0];
    private readonly ProfileAxis? second = request.Axes.Count == 2 ? request.Axes[1] : null;

    /// <summary>Computes the profile of each class, and how many rows stand in each cell.</summary>
    public (IReadOnlyList<ClassProfile> Profiles, int[] Counts) Compute(CancellationToken cancellationToken)
    {
        LocalEffects steps = Steps();
        return (Of(steps, fromFirst: false, cancellationToken), steps.Counts());
    }

    /// <summary>The profile of each class from the local effects.</summary>
    /// <param name="steps">As <see cref="Steps"/> gives them.</param>
    /// <param name="fromFirst">Whether the curve of one column begins at 0, instead of having a mean of 0 over the rows.</param>
    /// <param name="cancellationToken">Ends the resampling.</param>
    public IReadOnlyList<ClassProfile> Of(LocalEffects steps, bool fromFirst, CancellationToken cancellationToken)
    {
        int[] counts = steps.Counts();
        double[] changes = new double[steps.CellCount * request.Outputs];
        steps.Means(weights, [], changes);
        if (second is not null)
        {
            AccumulatedPairs.FillEmpty(first, second, counts, request.Outputs, changes);
        }

        double[] fallback = [.. changes];
        double[] value = new double[first.Points * (second?.Points ?? 1) * request.Outputs];
        double[] low = new double[value.Length];
        double[] high = new double[value.Length];
        RowBootstrap.Run(weights, Figures, request.Resamples, request.Level, request.Seed, value, low, high, cancellationToken);
        return run.Classes(value, low, high, average);

        void Figures(ReadOnlySpan<double> drawn, Span<double> result)
        {
            if (second is null)
            {
                AccumulatedEffects.Curve(first, steps, drawn, fallback, changes, result);
                if (fromFirst)
                {
                    PartialDependence.Centre(result, first.Points, request.Outputs);
                }
            }
            else
            {
                AccumulatedPairs.Surface(first, second, steps, drawn, fallback, changes, result);
            }
        }
    }

    /// <summary>What the model says of each row where it stands: both ends of its interval, for two columns the four corners of its cell.</summary>
    public LocalEffects Steps()
    {
        List<int> rows = [];
        List<int> cells = [];
        List<PatchedRow> jobs = [];
        for (int row = 0; row < request.Rows.Rows; row++)
        {
            foreach (int i in AccumulatedEffects.Intervals(first, row))
            {
                if (second is null)
                {
                    rows.Add(row);
                    cells.Add(i);
                    jobs.AddRange([new(row, i), new(row, i + 1)]);
                    continue;
                }

                foreach (int j in AccumulatedEffects.Intervals(second, row))
                {
                    rows.Add(row);
                    cells.Add((i * (second.Points - 1)) + j);
                    jobs.AddRange([new(row, i, j), new(row, i, j + 1), new(row, i + 1, j), new(row, i + 1, j + 1)]);
                }
            }
        }

        double[] scores = run.Score(jobs);
        int outputs = request.Outputs;
        double[] changes = new double[rows.Count * outputs];
        for (int step = 0; step < rows.Count; step++)
        {
            for (int output = 0; output < outputs; output++)
            {
                double At(int corner) => scores[(((step * (second is null ? 2 : 4)) + corner) * outputs) + output];
                changes[(step * outputs) + output] = second is null ? At(1) - At(0) : At(3) - At(2) - At(1) + At(0);
            }
        }

        return new LocalEffects([.. rows], [.. cells], changes, (first.Points - 1) * (second is null ? 1 : second.Points - 1), outputs);
    }
}
