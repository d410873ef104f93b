namespace Governance.Audit.Pictures;

/// <summary>How an input's row is a picture, or a sequence: steps down, one column, what was measured as channels.</summary>
/// <param name="Input">The index of the input in the model's signature.</param>
/// <param name="Name">The input's name.</param>
/// <param name="Channels">At least 1; of a sequence, the values of a step.</param>
/// <param name="Height">At least 1; of a sequence, its steps.</param>
/// <param name="Width">At least 1; 1 of a sequence.</param>
/// <param name="ChannelsLast">Whether an element's channel is its last index.</param>
public sealed record ImageLayout(int Input, string Name, int Channels, int Height, int Width, bool ChannelsLast)
{
    private const int LeastSide = 4;

    /// <summary>Elements a row.</summary>
    public int Size => Channels * Height * Width;

    /// <summary>Reads a row's shape where it is surely a picture's: [C, H, W], [H, W, C] or [H, W] of 1, 3 or 4 channels; else null.</summary>
    public static ImageLayout? Of(int input, string name, IReadOnlyList<int> shape) => shape switch
    {
        [1 or 3 or 4, >= LeastSide, >= LeastSide] => new ImageLayout(input, name, shape[0], shape[1], shape[2], false),
        [>= LeastSide, >= LeastSide, 1 or 3 or 4] => new ImageLayout(input, name, shape[2], shape[0], shape[1], true),
        [>= LeastSide, >= LeastSide] => new ImageLayout(input, name, 1, shape[0], shape[1], false),
        _ => null,
    };

    /// <summary>Reads a row's shape where somebody says that it is a picture: any number of channels and any sides; null where it cannot be one.</summary>
    public static ImageLayout? Picture(int input, string name, IReadOnlyList<int> shape) => Of(input, name, shape) ?? shape switch
    {
        [_, > 1, > 1] => new ImageLayout(input, name, shape[0], shape[1], shape[2], false),
        [> 1, > 1] => new ImageLayout(input, name, 1, shape[0], shape[1], false),
        _ => null,
    };

    /// <summary>Reads a row's shape where somebody says that it is a sequence: [T] or [T, F], or [F, T] where steps are the last dimension.</summary>
    public static ImageLayout? Sequence(int input, string name, IReadOnlyList<int> shape, bool stepsLast) => shape switch
    {
        [> 1] => new ImageLayout(input, name, 1, shape[0], 1, false),
        [> 1, _] when !stepsLast => new ImageLayout(input, name, shape[1], shape[0], 1, true),
        [_, > 1] when stepsLast => new ImageLayout(input, name, shape[0], shape[1], 1, false),
        _ => null,
    };

    /// <summary>Where an element lies in its row.</summary>
    public int Offset(int channel, int y, int x) =>
        ChannelsLast ? (((y * Width) + x) * Channels) + channel : (((channel * Height) + y) * Width) + x;
}
