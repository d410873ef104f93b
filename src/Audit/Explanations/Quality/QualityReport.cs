namespace Governance.Audit.Explanations.Quality;

/// <summary>How far explanations can be trusted: the field <c>quality</c> of <c>governance explain --quality</c>.</summary>
public sealed record QualityReport
{
    /// <summary>The rows looked at, drawn by the seed where more were explained.</summary>
    public required IReadOnlyList<int> Rows { get; init; }

    /// <summary>The column of the output looked at; null where the report has but one.</summary>
    public int? ClassIndex { get; init; }

    /// <summary>What other seeds would have given.</summary>
    public required ReseedStability Reseeding { get; init; }

    /// <summary>What nearly the same rows get; null where no column is a number that can move.</summary>
    public NoiseStability? Noise { get; init; }

    /// <summary>Whether features that are said to matter do.</summary>
    public required Faithfulness Faithfulness { get; init; }

    /// <summary>How few features carry most of it.</summary>
    public required Compactness Compactness { get; init; }

    /// <summary>The largest |prediction − base value − Σ values|, in the units of the link.</summary>
    public required double AdditivityGap { get; init; }

    /// <summary>Rows sent to the model for all of this.</summary>
    public required long ModelRows { get; init; }

    /// <summary>The seed of everything drawn.</summary>
    public required int Seed { get; init; }
}

/// <summary>How much values change from seed to seed.</summary>
/// <param name="Seeds">Runs compared with the report's own.</param>
/// <param name="MeanChange">The mean |change| of a value, in the units of the link; 0 where nothing is sampled.</param>
/// <param name="RelativeChange">That over the mean |value|; NaN where all values are 0.</param>
/// <param name="RankCorrelation">The mean Spearman correlation of |values| within a row.</param>
/// <param name="WithinErrors">The share of changes within 1.96 · √2 standard errors, 0.95 for honest ones; null without errors.</param>
public sealed record ReseedStability(int Seeds, double MeanChange, double RelativeChange, double RankCorrelation, double? WithinErrors);

/// <summary>How much values change when the row hardly does.</summary>
/// <param name="Share">The noise: its standard deviation over each column's own spread.</param>
/// <param name="Repeats">Noisy copies of each row.</param>
/// <param name="OutputChange">The mean |change| of the model's output, in the units of the link.</param>
/// <param name="MeanChange">The mean over rows of Σ |change of values|.</param>
/// <param name="RelativeChange">That over the mean Σ |value|.</param>
/// <param name="RankCorrelation">The mean Spearman correlation of |values| with those of the row itself.</param>
public sealed record NoiseStability(
    double Share, int Repeats, double OutputChange, double MeanChange, double RelativeChange, double RankCorrelation);

/// <summary>Deletion and insertion of features in the order of their values, against random orders.</summary>
/// <remarks>
/// Petsiuk, Das and Saenko, "RISE", BMVC 2018: features become unknown (or known) one after another, those that speak most
/// for the output first; what is left of the distance between the row's output and the average is drawn over the share of
/// features. A faithful order brings the output down early and up early.
/// </remarks>
/// <param name="RandomOrders">Random orders of each row that the areas are compared with.</param>
/// <param name="Shares">The points of the curves: shares of the features, 0 to 1.</param>
/// <param name="Deletion">Mean over rows of what is left after deleting that share, signed toward the row's output.</param>
/// <param name="Insertion">Mean over rows of what is gained by inserting that share.</param>
/// <param name="RandomDeletion">The same for random orders.</param>
/// <param name="RandomInsertion">The same for random orders.</param>
/// <param name="DeletionGain">How far the area under the deletion curve lies below that of random orders; above 0 is faithful.</param>
/// <param name="DeletionInterval">[low, high] of the bootstrap over rows.</param>
/// <param name="InsertionGain">How far the area under the insertion curve lies above that of random orders; above 0 is faithful.</param>
/// <param name="InsertionInterval">[low, high] of the bootstrap over rows.</param>
public sealed record Faithfulness(
    int RandomOrders, IReadOnlyList<double> Shares, IReadOnlyList<double> Deletion, IReadOnlyList<double> Insertion,
    IReadOnlyList<double> RandomDeletion, IReadOnlyList<double> RandomInsertion,
    double DeletionGain, IReadOnlyList<double> DeletionInterval, double InsertionGain, IReadOnlyList<double> InsertionInterval);

/// <summary>How few features carry most of a row's attribution.</summary>
/// <param name="Share">The share of Σ |value| to carry: 0.9.</param>
/// <param name="Features">Features in all.</param>
/// <param name="Mean">The mean over rows of the least number of features that carry it.</param>
/// <param name="Median">Its median.</param>
/// <param name="Most">Its largest.</param>
public sealed record Compactness(double Share, int Features, double Mean, double Median, int Most)
{
    /// <summary>The least number of values whose absolute sum reaches a share of the whole; 0 where all are 0.</summary>
    /// <param name="values">Shape [features].</param>
    /// <param name="share">In (0, 1].</param>
    public static int Needed(IReadOnlyList<double> values, double share)
    {
        double[] sorted = [.. values.Select(Math.Abs).OrderDescending()];
        double total = sorted.Sum();
        double sum = 0;
        int needed = 0;

        // A hair less than the share, so that rounding does not ask for one more.
        while (needed < sorted.Length && sum < (share * total) - (1e-12 * total))
        {
            sum += sorted[needed++];
        }

        return needed;
    }
}
