using Governance.Audit.Data;

namespace Governance.Audit.Explanations.Profiles;

/// <summary>How a model's output varies with one column, seen in every way at once: from the same rows, at the same points.</summary>
/// <param name="Dependence">Partial dependence, with the curves of single rows where they were asked for (kind ice).</param>
/// <param name="DependenceFromFirst">The same, each curve as its change from the first point; its mean and intervals are of these changes.</param>
/// <param name="Effects">Accumulated local effects; their mean over the rows is 0.</param>
/// <param name="EffectsFromFirst">The same as changes from the first point.</param>
/// <remarks>
/// The model is asked once for partial dependence and once for accumulated effects; the changes follow from its answers.
/// Intervals of changes are narrower than those of levels: rows that lie higher or lower throughout cancel out. Sources:
/// see <see cref="PartialDependence"/> and <see cref="AccumulatedEffects"/>.
/// </remarks>
public sealed record EffectLayers(ProfileReport Dependence, ProfileReport DependenceFromFirst, ProfileReport Effects, ProfileReport EffectsFromFirst)
{
    // Of the rows sent to the model two points a row are for accumulated effects, all others for partial dependence.
    private const double EffectRows = 2;

    /// <summary>Computes them.</summary>
    /// <param name="request">What and how: one axis, of kind pdp, or ice to keep the curves of single rows.</param>
    /// <param name="progress">Told the share of the model's rows done, in (0, 1]; null for nobody.</param>
    /// <param name="time">The clock of <see cref="ProfileReport.Seconds"/>.</param>
    /// <param name="cancellationToken">Ends the run.</param>
    /// <exception cref="ArgumentException">The request has another kind.</exception>
    /// <exception cref="InputException">The request is too large, or has not one axis.</exception>
    public static EffectLayers Compute(ProfileRequest request, IProgress<double>? progress, TimeProvider time, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(time);
        if (request.Kind == ProfileKind.Ale)
        {
            throw new ArgumentException("The kind says whether curves of single rows are kept: pdp or ice.", nameof(request));
        }

        if (request.Axes.Count != 1)
        {
            throw new InputException("Layers are drawn along one column.");
        }

        long started = time.GetTimestamp();
        double share = request.Axes[0].Points / (request.Axes[0].Points + EffectRows);
        double[] weights = request.Weights is null ? RowBootstrap.Equal(request.Rows.Rows) : [.. request.Weights];
        ProfileRun run = new(request, progress is null ? null : new Part(progress, 0, share), cancellationToken);
        double[] average = run.Average(weights);
        DependenceProfile dependence = new(request, run, weights, average);
        double[] scores = dependence.Scores();
        IReadOnlyList<ClassProfile> levels = dependence.Of(scores, cancellationToken);
        dependence.Centre(scores);
        IReadOnlyList<ClassProfile> changes = dependence.Of(scores, cancellationToken);
        TimeSpan took = time.GetElapsedTime(started);

        long again = time.GetTimestamp();
        ProfileRun local = new(request, progress is null ? null : new Part(progress, share, 1), cancellationToken);
        AccumulatedProfile effects = new(request, local, weights, average);
        LocalEffects steps = effects.Steps();
        IReadOnlyList<ClassProfile> around = effects.Of(steps, fromFirst: false, cancellationToken);
        IReadOnlyList<ClassProfile> from = effects.Of(steps, fromFirst: true, cancellationToken);
        TimeSpan tookLocal = time.GetElapsedTime(again);
        bool? centred = request.Kind == ProfileKind.Ice ? false : null;
        return new EffectLayers(
            ProfileModel.Report(request, run, request.Kind, centred, levels, null, took),
            ProfileModel.Report(request, run, request.Kind, centred is null ? null : true, changes, null, took),
            ProfileModel.Report(request, local, ProfileKind.Ale, null, around, null, tookLocal),
            ProfileModel.Report(request, local, ProfileKind.Ale, null, from, null, tookLocal));
    }

    private sealed class Part(IProgress<double> whole, double from, double to) : IProgress<double>
    {
        public void Report(double value) => whole.Report(from + ((to - from) * value));
    }
}
