using System.Globalization;
using Governance.Audit.Data;
using Governance.Audit.Encodings;

namespace Governance.Audit.Answers;

/// <summary>A cell that may not be asked about.</summary>
/// <param name="Row">From 0.</param>
/// <param name="Column">Which column.</param>
/// <param name="Sentence">What is wrong with it.</param>
public sealed record RowFault(int Row, string Column, string Sentence);

/// <summary>Which rows a model may be asked about: as in its reference data, or as its encoding knows them.</summary>
/// <remarks>
/// Numbers lie in the range of the reference data, widened by a tenth of it on both sides but not beyond zero; where all of
/// theirs are whole they are whole; levels are known ones; a cell is missing only where some of theirs is. Rows in between
/// that resemble none of them are not refused here: they are answered by label alone.
/// </remarks>
public sealed class RowProfile
{
    private const double Margin = 0.1;
    private const int MostShown = 8;

    private readonly IReadOnlyList<ColumnProfile> columns;

    private RowProfile(IReadOnlyList<ColumnProfile> columns) => this.columns = columns;

    /// <summary>Learns the profile.</summary>
    /// <param name="encoder">Knows the columns that the model reads, and their levels.</param>
    /// <param name="reference">Reference rows; null where there are none: then only the encoding judges.</param>
    public static RowProfile Of(RowEncoder encoder, Table? reference)
    {
        ArgumentNullException.ThrowIfNull(encoder);
        return new RowProfile([.. encoder.Columns.Select(column => ColumnProfile.Of(
            column, [.. encoder.Slots.Where(slot => slot.Column == column).Select(slot => slot.Feature)], reference?.Find(column)))]);
    }

    /// <summary>The first cell that may not be asked about; null where all may.</summary>
    /// <param name="rows">With all columns that the model reads.</param>
    public RowFault? FaultOf(Table rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        for (int row = 0; row < rows.Rows; row++)
        {
            foreach (ColumnProfile column in columns)
            {
                if (column.FaultOf(rows.Need(column.Name), row) is string sentence)
                {
                    return new RowFault(row, column.Name, sentence);
                }
            }
        }

        return null;
    }

    private sealed record ColumnProfile(string Name, bool Missing, HashSet<string>? Levels, double Low, double High, bool Whole)
    {
        public static ColumnProfile Of(string name, IReadOnlyList<EncodedFeature> features, Column? reference)
        {
            bool numeric = features.All(feature => feature.Kind is FeatureKind.Numeric or FeatureKind.Image);
            bool missing = reference is null
                ? features.All(feature => feature.Missing.Action != CellAction.Error)
                : Enumerable.Range(0, reference.Count).Any(reference.IsMissing);
            if (!numeric || reference is TextColumn)
            {
                HashSet<string> known = [.. features.SelectMany(LevelsOf).Select(Spelt)];
                known.UnionWith(reference is null ? [] : Enumerable.Range(0, reference.Count).Select(reference.Text).OfType<string>().Select(Spelt));
                return new ColumnProfile(name, missing, known.Count == 0 ? null : known, double.NegativeInfinity, double.PositiveInfinity, false);
            }

            double[] numbers = reference is null ? [] : [.. Enumerable.Range(0, reference.Count).Select(reference.Number).Where(double.IsFinite)];
            if (numbers.Length == 0)
            {
                return new ColumnProfile(name, missing, null, double.NegativeInfinity, double.PositiveInfinity, false);
            }

            (double low, double high) = (numbers.Min(), numbers.Max());
            bool whole = numbers.All(double.IsInteger);
            double more = (high - low) * Margin;
            return new ColumnProfile(
                name, missing, null, low >= 0 ? Math.Max(0, low - more) : low - more, high <= 0 ? Math.Min(0, high + more) : high + more, whole);
        }

        public string? FaultOf(Column cells, int row)
        {
            if (cells.IsMissing(row))
            {
                return Missing ? null : "the cell is missing, and no reference row lacks it";
            }

            string text = cells.Text(row)!;
            if (Levels is not null)
            {
                return Levels.Contains(Spelt(text)) ? null
                    : $"'{Shorten(text)}' is none of {string.Join(", ", Levels.Order(StringComparer.Ordinal).Take(MostShown))}{(Levels.Count > MostShown ? ", …" : "")}";
            }

            double number = cells.Number(row);
            return double.IsNegativeInfinity(Low) ? null
                : !double.IsFinite(number) ? $"'{Shorten(text)}' is not a number"
                : number < Low || number > High ? string.Create(CultureInfo.InvariantCulture, $"{number} lies outside {Low:g6} to {High:g6}")
                : Whole && !double.IsInteger(number) ? string.Create(CultureInfo.InvariantCulture, $"{number} is not a whole number")
                : null;
        }

        private static IEnumerable<string> LevelsOf(EncodedFeature feature) => feature.Kind switch
        {
            FeatureKind.Map => feature.Map?.Keys ?? [],
            FeatureKind.Onehot => feature.Level is null ? [] : [feature.Level],
            FeatureKind.Text => feature.Levels ?? [],
            _ => [],
        };

        // A level "1.0" of an encoding and a cell 1 are one level.
        private static string Spelt(string text) =>
            PlainDecimal.TryParse(text, out double number) ? number.ToString("R", CultureInfo.InvariantCulture) : text;

        private static string Shorten(string text) => text.Length > 40 ? text[..40] + "…" : text;
    }
}
