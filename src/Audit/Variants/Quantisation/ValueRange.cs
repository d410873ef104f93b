namespace Governance.Audit.Variants.Quantisation;

/// <summary>A range of numbers as bytes: number ≈ scale · (byte - zero), with 0 exactly.</summary>
/// <param name="Scale">Above 0.</param>
/// <param name="Zero">The byte that stands for 0.</param>
internal readonly record struct ValueRange(float Scale, byte Zero)
{
    /// <summary>The bytes of a range, which is widened to hold 0.</summary>
    public static ValueRange Of(double low, double high)
    {
        low = Math.Min(low, 0);
        high = Math.Max(high, 0);
        double scale = (high - low) / byte.MaxValue;
        return scale > 0 && (float)scale > 0
            ? new ValueRange((float)scale, (byte)Math.Clamp(Math.Round(-low / scale), 0, byte.MaxValue))
            : new ValueRange(1, 0);
    }
}
