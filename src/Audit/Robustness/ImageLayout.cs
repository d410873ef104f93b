namespace Governance.Audit.Robustness;

/// <summary>How an input's row is a picture.</summary>
/// <param name="Input">The index of the input in the model's signature.</param>
/// <param name="Name">The input's name.</param>
/// <param name="Channels">1, 3 or 4.</param>
/// <param name="Height">At least 4.</param>
/// <param name="Width">At least 4.</param>
/// <param name="ChannelsLast">Whether an element's channel is its last index.</param>
internal sealed record ImageLayout(int Input, string Name, int Channels, int Height, int Width, bool ChannelsLast)
{
    private const int LeastSide = 4;

    /// <summary>Reads a row's shape: [C, H, W], [H, W, C] or [H, W]; null where it is no picture's.</summary>
    public static ImageLayout? Of(int input, string name, IReadOnlyList<int> shape) => shape switch
    {
        [1 or 3 or 4, >= LeastSide, >= LeastSide] => new ImageLayout(input, name, shape[0], shape[1], shape[2], false),
        [>= LeastSide, >= LeastSide, 1 or 3 or 4] => new ImageLayout(input, name, shape[2], shape[0], shape[1], true),
        [>= LeastSide, >= LeastSide] => new ImageLayout(input, name, 1, shape[0], shape[1], false),
        _ => null,
    };

    /// <summary>Elements a row.</summary>
    public int Size => Channels * Height * Width;

    /// <summary>Where an element lies in its row.</summary>
    public int Offset(int channel, int y, int x) =>
        ChannelsLast ? (((y * Width) + x) * Channels) + channel : (((channel * Height) + y) * Width) + x;
}
