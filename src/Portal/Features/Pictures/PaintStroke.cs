using System.Globalization;
using Governance.Audit.WhatIf;

namespace Governance.Portal.Features.Pictures;

/// <summary>What a person painted in one go, as the cells of the row that change. Pure.</summary>
internal static class PaintStroke
{
    /// <summary>The most places that one stroke may touch; more come from no pointer.</summary>
    public const int Most = 20_000;

    /// <summary>Adds a stroke to the cells that differ already.</summary>
    /// <param name="stroke">As the brush writes it: "row,column=value" with semicolons between places; what cannot be read is left out.</param>
    /// <param name="picture">How the row looks.</param>
    /// <param name="columns">What each cell may be; others than numbers stay.</param>
    /// <param name="cells">The cells that differ already.</param>
    /// <returns>All cells that differ afterwards, each brought to the nearest number that it may be.</returns>
    public static Dictionary<string, string> Add(string stroke, ShownPicture picture, IReadOnlyList<EditableColumn> columns, IReadOnlyDictionary<string, string> cells)
    {
        Dictionary<string, EditableColumn> known = columns.ToDictionary(column => column.Name, StringComparer.Ordinal);
        ILookup<(int, int), string> places = Places(picture);
        Dictionary<string, string> painted = new(cells, StringComparer.Ordinal);
        foreach (string word in stroke.Split(';', Most + 1, StringSplitOptions.RemoveEmptyEntries).Take(Most))
        {
            string[] parts = word.Split(',', '=');
            if (parts.Length != 3 || !Whole(parts[0], out int row) || !Whole(parts[1], out int column)
                || !double.TryParse(parts[2], NumberStyles.Float, CultureInfo.InvariantCulture, out double value) || !double.IsFinite(value))
            {
                continue;
            }

            foreach (string name in places[(row, column)])
            {
                if (known.GetValueOrDefault(name) is not { Low: { } low, High: { } high } cell)
                {
                    continue;
                }

                string text = Near(value, low, high, cell.Step ?? 0);
                if (text == cell.Own)
                {
                    painted.Remove(name);
                }
                else
                {
                    painted[name] = text;
                }
            }
        }

        return painted;
    }

    /// <summary>The columns behind each place of the drawing.</summary>
    public static ILookup<(int Row, int Column), string> Places(ShownPicture picture) => (
        from channel in Enumerable.Range(0, picture.Layout.Channels)
        from y in Enumerable.Range(0, picture.Layout.Height)
        from x in Enumerable.Range(0, picture.Layout.Width)
        select (Place: picture.Place(channel, y, x), Column: picture.Columns[picture.Layout.Offset(channel, y, x)]))
        .ToLookup(place => place.Place, place => place.Column);

    // Multiples of the step, as the legal numbers of a cell are; in decimal, so that 0.1 + 0.2 is 0.3.
    private static string Near(double value, double low, double high, double step)
    {
        decimal near = (decimal)Math.Clamp(value, low, high);
        decimal unit = (decimal)step;
        near = unit > 0 ? Math.Round(near / unit, MidpointRounding.AwayFromZero) * unit : near;
        near = near < (decimal)low ? near + unit : near > (decimal)high ? near - unit : near;
        return near.ToString("0.############################", CultureInfo.InvariantCulture);
    }

    private static bool Whole(string text, out int number) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);
}
