using Governance.Audit.Data;

namespace Governance.Audit.Explanations.Profiles;

/// <summary>The model runs of one profile.</summary>
internal sealed class ProfileRun(ProfileRequest request, IProgress<double>? progress, CancellationToken cancellationToken)
{
    private readonly PatchedRows patched = new(request.Rows, request.Axes);

    /// <summary>The model, with its calls counted.</summary>
    public CountedModel Model { get; } = new(request.Model);

    /// <summary>Shape [outputs]: the mean output of the rows as they are.</summary>
    public double[] Average(double[] weights)
    {
        double[] scores = Model.Score(
            request.Rows.Rows, request.Outputs, patched.Bytes, request.Rows.Slice, request.Threads, cancellationToken);
        double[] average = new double[request.Outputs];
        PartialDependence.Mean(scores, weights, average);
        return average;
    }

    /// <summary>Shape [jobs, outputs]: the outputs of rows with columns set to points.</summary>
    /// <exception cref="InputException">They are more than <see cref="ProfileModel.MostScores"/>.</exception>
    public double[] Score(IReadOnlyList<PatchedRow> jobs)
    {
        long wanted = (long)jobs.Count * request.Outputs;
        if (wanted > ProfileModel.MostScores)
        {
            throw new InputException(
                $"This profile needs {wanted:N0} outputs of the model, more than {ProfileModel.MostScores:N0}: take fewer rows, points or classes.");
        }

        long done = 0;
        return Model.Score(
            jobs.Count, request.Outputs, patched.Bytes,
            (start, count) =>
            {
                progress?.Report(Interlocked.Add(ref done, count) / (double)jobs.Count);
                return patched.Make(jobs, start, count);
            },
            request.Threads, cancellationToken);
    }

    /// <summary>The profile of each class from figures [points, points (1), outputs].</summary>
    public IReadOnlyList<ClassProfile> Classes(double[] value, double[] low, double[] high, double[] average)
    {
        int outputs = request.Outputs;
        int first = request.Axes[0].Points;
        int second = request.Axes.Count == 2 ? request.Axes[1].Points : 1;
        return
        [
            .. Enumerable.Range(0, outputs).Select(output => new ClassProfile
            {
                ClassIndex = request.ClassIndex ?? output,
                Class = request.Classes?.Count > output ? request.Classes[output] : null,
                Average = average[output],
                Values = Table(first, second, at => value[(at * outputs) + output]),
                Interval = Table<IReadOnlyList<double>>(first, second, at => [low[(at * outputs) + output], high[(at * outputs) + output]]),
            }),
        ];
    }

    private static T[][] Table<T>(int first, int second, Func<int, T> cell) =>
        [.. Enumerable.Range(0, first).Select(i => (T[])[.. Enumerable.Range(0, second).Select(j => cell((i * second) + j))])];
}
