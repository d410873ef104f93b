using System.Globalization;

namespace Governance.Portal.Features.Pictures;

/// <summary>One place of a picture, a sequence or a line of tokens, with what is known of it. Pure.</summary>
/// <param name="Row">Where it is drawn, from the top.</param>
/// <param name="Column">From the left.</param>
/// <param name="Label">Its name.</param>
/// <param name="Text">Its value as people read it; several channels with commas between them.</param>
/// <param name="Numbers">Its number in each channel; NaN where it is none or masked.</param>
/// <param name="Players">The players that hold it, by number.</param>
internal sealed record PictureCell(int Row, int Column, string Label, string Text, IReadOnlyList<double> Numbers, IReadOnlyList<int> Players)
{
    /// <summary>Its number, of several channels their mean; NaN where one is none or masked.</summary>
    public double Value => Numbers.Average();

    /// <summary>All places of a picture, row by row.</summary>
    /// <param name="picture">How it looks.</param>
    /// <param name="features">The players' names.</param>
    /// <param name="groups">The features behind players that stand for several; null where each is its own.</param>
    /// <param name="text">The cell of a column as the person may read it; null where missing.</param>
    public static IReadOnlyList<PictureCell> Of(
        ShownPicture picture, IReadOnlyList<string> features, IReadOnlyDictionary<string, IReadOnlyList<string>>? groups, Func<string, string?> text)
    {
        Dictionary<string, int> player = new(StringComparer.Ordinal);
        for (int i = 0; i < features.Count; i++)
        {
            foreach (string member in groups?.GetValueOrDefault(features[i]) ?? [features[i]])
            {
                player[member] = i;
            }
        }

        int[][] offsets = [.. Enumerable.Range(0, picture.Rows * picture.Across).Select(_ => Array.Empty<int>())];
        for (int channel = 0; channel < picture.Layout.Channels; channel++)
        {
            for (int y = 0; y < picture.Layout.Height; y++)
            {
                for (int x = 0; x < picture.Layout.Width; x++)
                {
                    (int row, int column) = picture.Place(channel, y, x);
                    int at = (row * picture.Across) + column;
                    offsets[at] = [.. offsets[at], picture.Layout.Offset(channel, y, x)];
                }
            }
        }

        return
        [
            .. Enumerable.Range(0, offsets.Length).Where(at => offsets[at].Length > 0).Select(at => Of(
                picture, at, [.. offsets[at].Select(offset => text(picture.Columns[offset]) ?? "missing")],
                [.. offsets[at].Select(offset => player.GetValueOrDefault(picture.Features[offset], -1)).Where(found => found >= 0).Distinct()])),
        ];
    }

    /// <summary>What the players of a place add up to.</summary>
    /// <param name="values">Shape [players].</param>
    /// <returns>NaN where no player holds it.</returns>
    public double Sum(IReadOnlyList<double> values) => Players.Count == 0 ? double.NaN : Players.Sum(player => values[player]);

    private static PictureCell Of(ShownPicture picture, int at, string[] texts, int[] players)
    {
        double[] numbers = [.. texts.Select(word => double.TryParse(word.Replace('−', '-'), NumberStyles.Float, CultureInfo.InvariantCulture, out double number) ? number : double.NaN)];
        (int row, int column) = (at / picture.Across, at % picture.Across);
        return new PictureCell(row, column, picture.Label(row, column), string.Join(", ", texts), numbers, players);
    }
}
