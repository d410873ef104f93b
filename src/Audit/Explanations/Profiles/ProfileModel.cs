using Governance.Audit.Data;

namespace Governance.Audit.Explanations.Profiles;

/// <summary>The use case: how a model's output varies with one column or two, averaged over rows.</summary>
public static class ProfileModel
{
    /// <summary>The most numbers that a profile may keep: rows · points · classes.</summary>
    public const long MostScores = 50_000_000;

    /// <summary>Computes the profile.</summary>
    /// <param name="request">What and how.</param>
    /// <param name="progress">Told the share of the model's rows done, in (0, 1]; null for nobody.</param>
    /// <param name="time">The clock of <see cref="ProfileReport.Seconds"/>.</param>
    /// <param name="cancellationToken">Ends the run.</param>
    /// <exception cref="InputException">The request is too large, or its kind takes other axes.</exception>
    public static ProfileReport Run(
        ProfileRequest request, IProgress<double>? progress, TimeProvider time, CancellationToken cancellationToken)
    {
        if (request.Axes.Count is < 1 or > 2 || (request.Kind == ProfileKind.Ice && request.Axes.Count != 1))
        {
            throw new InputException("A profile has one column or two; single rows (ice) are followed along one.");
        }

        if (request.Axes.Count == 2 && request.Axes[0].Column.Name == request.Axes[1].Column.Name)
        {
            throw new InputException("A profile of two columns needs two different ones.");
        }

        long started = time.GetTimestamp();
        ProfileRun run = new(request, progress, cancellationToken);
        double[] weights = request.Weights is null ? RowBootstrap.Equal(request.Rows.Rows) : [.. request.Weights];
        double[] average = run.Average(weights);
        (IReadOnlyList<ClassProfile> profiles, int[]? counts) = request.Kind == ProfileKind.Ale
            ? new AccumulatedProfile(request, run, weights, average).Compute(cancellationToken)
            : (new DependenceProfile(request, run, weights, average).Compute(cancellationToken), null);
        return Report(
            request, run, request.Kind, request.Kind == ProfileKind.Ice ? request.Centred : null, profiles, counts, time.GetElapsedTime(started));
    }

    /// <summary>Puts a report together.</summary>
    internal static ProfileReport Report(
        ProfileRequest request, ProfileRun run, ProfileKind kind, bool? centred, IReadOnlyList<ClassProfile> profiles, int[]? counts, TimeSpan took) => new()
        {
            Kind = kind,
            Output = request.Output,
            ClassIndex = request.ClassIndex,
            Link = request.Link,
            Features = [.. request.Axes.Select(Feature)],
            Background = new BackgroundSummary(request.Rows.Rows, BatchDigest.Of(request.Rows, request.Weights)),
            Weighted = request.Weights is not null,
            RowsLeftOut = kind == ProfileKind.Ale
                ? Enumerable.Range(0, request.Rows.Rows).Count(row => request.Axes.Any(axis => axis.Places[row] < 0))
                : 0,
            Centred = centred,
            Profiles = profiles,
            CellRows = counts is null || request.Axes.Count == 1 ? null : [.. counts.Chunk(request.Axes[1].Points - 1)],
            Level = request.Level,
            Resamples = request.Resamples,
            ModelRows = run.Model.Rows,
            ModelCalls = run.Model.Calls,
            Seconds = took.TotalSeconds,
            Provider = request.Provider,
            Seed = request.Seed,
        };

    private static ProfileFeature Feature(ProfileAxis axis) => new()
    {
        Feature = axis.Column.Name,
        Numbers = axis.Numbers,
        Levels = axis.Levels,
        Order = axis.Order,
        Deciles = axis.Deciles,
        Shares = axis.Shares,
        MissingShare = axis.MissingShare,
    };
}
