using Governance.Audit.Statistics;

namespace Governance.Audit.Fairness;

/// <summary>The figures of one group: the material of its metrics, summaries and tests.</summary>
/// <param name="Name">The level, or several joined by '|'; empty for all rows.</param>
/// <param name="Rows">Never weighted.</param>
/// <param name="Weight">The sum of the rows' weights.</param>
/// <param name="Figures">By metric name, in the order of reports.</param>
internal sealed record GroupFigures(string Name, int Rows, double Weight, IReadOnlyDictionary<string, Figure> Figures)
{
    /// <summary>The figure of this name; undefined where the task has none such.</summary>
    public Figure this[string metric] => Figures.TryGetValue(metric, out Figure figure) ? figure : Figure.Undefined;

    /// <summary>Values and intervals as reports carry them.</summary>
    /// <param name="interval">The interval of a figure by its metric, or null.</param>
    public GroupMetrics ToMetrics(Func<string, Figure, Interval?> interval)
    {
        Dictionary<string, double?> values = new(StringComparer.Ordinal);
        Dictionary<string, IReadOnlyList<double>> intervals = new(StringComparer.Ordinal);
        foreach ((string metric, Figure figure) in Figures)
        {
            values[metric] = double.IsFinite(figure.Value) ? figure.Value : null;
            if (double.IsFinite(figure.Value) && interval(metric, figure) is Interval known
                && double.IsFinite(known.Low) && double.IsFinite(known.High))
            {
                intervals[metric] = known.ToArray();
            }
        }

        return new GroupMetrics { Group = Name, Count = Rows, Weight = Weight, Metrics = values, Intervals = intervals };
    }
}
