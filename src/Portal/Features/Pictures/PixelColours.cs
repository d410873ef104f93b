namespace Governance.Portal.Features.Pictures;

/// <summary>The colours in which the pixels of one picture are shown. Pure.</summary>
/// <remarks>
/// What an encoding says about normalisation is undone. Where it says nothing, numbers from 0 to 1 are shares, whole numbers up to 255 bytes,
/// and any others are stretched from the picture's smallest to its largest, all channels alike.
/// </remarks>
internal sealed class PixelColours
{
    private const int Byte = 255;
    private const int Colours = 3;

    private readonly ShownPicture picture;
    private readonly double low;
    private readonly double high;

    /// <summary>Looks at a picture.</summary>
    /// <param name="picture">How it looks; its pixels have colours.</param>
    /// <param name="cells">Its pixels.</param>
    public PixelColours(ShownPicture picture, IReadOnlyList<PictureCell> cells)
    {
        this.picture = picture;
        double[] known = [.. cells.SelectMany(cell => cell.Numbers.Take(Colours)).Where(double.IsFinite)];
        (double least, double most) = known.Length == 0 ? (0, 1) : (known.Min(), known.Max());
        (low, high) = least >= 0 && most <= 1 ? (0, 1)
            : least >= 0 && most <= Byte && known.All(double.IsInteger) ? (0, Byte)
            : (least, most);
    }

    /// <summary>The colour of a pixel.</summary>
    /// <returns>Red, green and blue from 0 to 255; null where a channel is missing or masked.</returns>
    public (int Red, int Green, int Blue)? Of(PictureCell cell) =>
        cell.Numbers.Take(Colours).All(double.IsFinite) ? (Shade(cell, 0), Shade(cell, 1), Shade(cell, 2)) : null;

    private int Shade(PictureCell cell, int channel)
    {
        double value = cell.Numbers[channel];
        double share = picture.Normalised is { } made ? made.Share(channel, value) : high > low ? (value - low) / (high - low) : 0;
        return (int)Math.Round(Byte * Math.Clamp(share, 0, 1));
    }
}
