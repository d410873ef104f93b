using System.Text.Json.Serialization;

namespace Governance.Audit.Drift;

/// <summary>How drift is measured. Part of the evidence.</summary>
public sealed record DriftOptions
{
    /// <summary>The policy limit of distances where nothing else is asked for.</summary>
    public const double DefaultLimit = 0.1;

    /// <summary>The columns; null for all that the reference has.</summary>
    public IReadOnlyList<string>? Columns { get; init; }

    /// <summary>A word of <see cref="DriftTests.Words"/>.</summary>
    public string Test { get; init; } = "auto";

    /// <summary>How p values are adjusted over the columns: bh, holm or none.</summary>
    public string Correction { get; init; } = "bh";

    /// <summary>A column has drifted where its adjusted p value is below; in (0, 1).</summary>
    public double Alpha { get; init; } = 0.05;

    /// <summary>What a distance has to pass besides its noise floor; null for <see cref="DefaultLimit"/>.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? Threshold { get; init; }

    /// <summary>
    /// How numbers are binned: deciles, doane, sturges, or a number of bins (equally full for psi and χ², equally wide
    /// else); null for deciles with psi and χ², doane else.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Bins { get; init; }

    /// <summary>The bandwidth of the kernel of mmd, in the unit of the columns; null for the median rule.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? Sigma { get; init; }

    /// <summary>The kind of a column where it is not to be guessed: numeric, categorical, datetime or ignore.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyDictionary<string, string>? Kinds { get; init; }

    /// <summary>Seeds what is simulated.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int Seed { get; init; }

    /// <summary>
    /// How many distances are judged together, at least 1: with a correction each alarms only above the 1 − α / family
    /// quantile of its null. <see cref="CompareTables"/> sets it; who compares single columns sets it to their number.
    /// </summary>
    [JsonIgnore]
    public int Family { get; init; } = 1;

    /// <summary>Whether the noise floor is measured also where the distance stays below the limit, and so cannot decide.</summary>
    [JsonIgnore]
    public bool EveryFloor { get; init; } = true;

    /// <summary>Whether counts are kept to draw both samples by.</summary>
    [JsonIgnore]
    public bool Histograms { get; init; }

    /// <summary>The test asked for.</summary>
    internal DriftTest Asked => DriftTests.Parse(Test);

    /// <summary>The policy limit of distances.</summary>
    internal double Limit => Threshold ?? DefaultLimit;

    /// <summary>The chance of a false alarm that one distance may take.</summary>
    internal double OwnAlpha => Correction == "none" ? Alpha : Alpha / Family;

    /// <summary>Refuses options outside their ranges.</summary>
    /// <exception cref="ArgumentException">One is.</exception>
    internal void Check()
    {
        if (!(Alpha > 0 && Alpha < 1) || Family < 1 || Threshold is not (null or >= 0) || Sigma is not (null or (> 0 and < double.PositiveInfinity))
            || Correction is not ("bh" or "holm" or "none"))
        {
            throw new ArgumentException("An option of drift is outside its range.");
        }

        _ = Asked;
        _ = BinRule.Parse(Bins);
    }
}
