using System.Globalization;
using Governance.Audit.Data;
using Governance.Audit.Training;

namespace Governance.Audit.CrossValidation;

/// <summary>How columns become features, learned from training rows alone so that nothing of the tried rows leaks in.</summary>
/// <remarks>
/// Numbers: as they are; missing ones become the training rows' median beside a feature that says so, unless the model takes
/// missing values. Text: a feature of 0 or 1 for each level of the training rows, the most frequent ones; a level that they
/// lack, and a missing cell, is 0 in all of them.
/// </remarks>
public sealed class FittedColumns
{
    private readonly IReadOnlyList<Part> parts;
    private readonly bool takesMissing;

    private FittedColumns(IReadOnlyList<Part> parts, bool takesMissing)
    {
        this.parts = parts;
        this.takesMissing = takesMissing;
        Names = [.. parts.SelectMany(part => part.Names(takesMissing))];
    }

    /// <summary>Shape [features]: the names.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>Learns from rows.</summary>
    /// <param name="columns">The columns.</param>
    /// <param name="rows">The training rows.</param>
    /// <param name="takesMissing">Whether the model takes missing numbers.</param>
    /// <param name="mostLevels">Levels of a text column at most.</param>
    public static FittedColumns Of(IReadOnlyList<Column> columns, ReadOnlySpan<int> rows, bool takesMissing, int mostLevels)
    {
        List<Part> parts = [];
        foreach (Column column in columns)
        {
            parts.Add(column is NumberColumn ? OfNumbers(column, rows) : OfText(column, rows, mostLevels));
        }

        return new FittedColumns(parts, takesMissing);
    }

    /// <summary>The features of rows.</summary>
    /// <param name="rows">Training rows or others, of the columns that were learned from.</param>
    /// <param name="weights">Shape [rows]; null for 1 each.</param>
    public TrainingRows Encode(ReadOnlySpan<int> rows, double[]? weights)
    {
        float[] values = new float[rows.Length * Names.Count];
        int offset = 0;
        foreach (Part part in parts)
        {
            for (int i = 0; i < rows.Length; i++)
            {
                part.Fill(rows[i], values.AsSpan((i * Names.Count) + offset), takesMissing);
            }

            offset += part.Names(takesMissing).Count();
        }

        return new TrainingRows(Names, values, weights);
    }

    private static Part OfNumbers(Column column, ReadOnlySpan<int> rows)
    {
        List<double> known = [];
        foreach (int row in rows)
        {
            if (!column.IsMissing(row))
            {
                known.Add(column.Number(row));
            }
        }

        double median = known.Count == 0 ? 0 : Statistics.MedianInterval.Median([.. known], []);
        return new Part(column, median, known.Count < rows.Length, []);
    }

    private static Part OfText(Column column, ReadOnlySpan<int> rows, int mostLevels)
    {
        Dictionary<string, int> counts = new(StringComparer.Ordinal);
        foreach (int row in rows)
        {
            if (column.Text(row) is string level)
            {
                counts[level] = counts.GetValueOrDefault(level) + 1;
            }
        }

        string[] levels = [.. counts.OrderByDescending(pair => pair.Value).ThenBy(pair => pair.Key, StringComparer.Ordinal).Take(mostLevels).Select(pair => pair.Key)];
        return new Part(column, 0, false, levels.Select((level, i) => (level, i)).ToDictionary(pair => pair.level, pair => pair.i, StringComparer.Ordinal));
    }

    // One column: a number with its median, or text with its levels.
    private sealed record Part(Column Column, double Median, bool MayLack, Dictionary<string, int> Levels)
    {
        private bool IsNumber => Column is NumberColumn;

        public IEnumerable<string> Names(bool takesMissing) => !IsNumber
            ? Levels.OrderBy(pair => pair.Value).Select(pair => string.Create(CultureInfo.InvariantCulture, $"{Column.Name}={pair.Key}"))
            : MayLack && !takesMissing ? [Column.Name, $"{Column.Name} is missing"] : [Column.Name];

        public void Fill(int row, Span<float> features, bool takesMissing)
        {
            if (!IsNumber)
            {
                if (Column.Text(row) is string level && Levels.TryGetValue(level, out int own))
                {
                    features[own] = 1;
                }

                return;
            }

            double value = Column.Number(row);
            bool missing = double.IsNaN(value);
            features[0] = missing && !takesMissing ? (float)Median : (float)Math.Clamp(value, float.MinValue, float.MaxValue);
            if (MayLack && !takesMissing)
            {
                features[1] = missing ? 1 : 0;
            }
        }
    }
}
