using Governance.Audit.Statistics;

namespace Governance.Audit.Performance;

/// <summary>The metrics of one set of rows while they are worked out: what is defined, how surely, and what is not and why.</summary>
internal sealed class ScoreSheet
{
    private readonly Dictionary<string, double?> metrics = new(StringComparer.Ordinal);
    private readonly Dictionary<string, IReadOnlyList<double>> intervals = new(StringComparer.Ordinal);
    private readonly List<UndefinedScore> undefined = [];

    public ScoreSheet(int count) => Count = count;

    /// <summary>Rows measured.</summary>
    public int Count { get; }

    public IReadOnlyDictionary<string, double?> Metrics => metrics;

    public IReadOnlyDictionary<string, IReadOnlyList<double>> Intervals => intervals;

    public IReadOnlyList<UndefinedScore> Undefined => undefined;

    public Confusion? Confusion { get; set; }

    public IReadOnlyList<CalibrationBin> Calibration { get; set; } = [];

    public IReadOnlyList<CurvePoint> Curve { get; set; } = [];

    public IReadOnlyList<ClassScores> Classes { get; set; } = [];

    /// <summary>Notes a value, or why there is none.</summary>
    /// <param name="metric">Its name.</param>
    /// <param name="value">NaN where undefined.</param>
    /// <param name="reason">Why it is undefined where it is; begins in lower case, has no full stop.</param>
    /// <param name="interval">Its interval, if one is known.</param>
    public void Put(string metric, double value, string reason, Interval? interval = null)
    {
        metrics[metric] = double.IsNaN(value) ? null : value;
        if (double.IsNaN(value))
        {
            undefined.Add(new UndefinedScore(metric, reason));
        }
        else if (interval is Interval known)
        {
            intervals[metric] = known.ToArray();
        }
    }

    /// <summary>Notes a proportion with its Wilson interval.</summary>
    public void Put(string metric, Rate rate, string reason, double level) => Put(metric, rate.Value, reason, rate.Wilson(level));
}
