using Governance.Audit.Encodings;
using Governance.Audit.Inference;
using Governance.Audit.Pictures;

namespace Governance.Portal.Features.Pictures;

/// <summary>How a model's row looks: a picture, a sequence of steps or a line of tokens. Pure.</summary>
/// <param name="Kind">Which of them.</param>
/// <param name="Layout">Where each element lies.</param>
/// <param name="Columns">Shape [elements]: the column of the data behind each.</param>
/// <param name="Features">Shape [elements]: the feature's name of each.</param>
public sealed record ShownPicture(PictureKind Kind, ImageLayout Layout, IReadOnlyList<string> Columns, IReadOnlyList<string> Features)
{
    /// <summary>The most elements that are drawn.</summary>
    public const int Most = 20_000;

    /// <summary>Tokens side by side before the line is broken.</summary>
    public const int TokensALine = 16;

    /// <summary>How the pixels of the data were made; null where nothing is said.</summary>
    public Normalisation? Normalised { get; init; }

    /// <summary>Whether its pixels have colours: three channels are red, green and blue, and of four the first three.</summary>
    public bool IsColoured => Kind == PictureKind.Picture && Layout.Channels is 3 or 4;

    /// <summary>Lines of the drawing.</summary>
    public int Rows => Kind switch
    {
        PictureKind.Sequence => Layout.Channels,
        PictureKind.Tokens => (Layout.Height + TokensALine - 1) / TokensALine,
        _ => Layout.Height,
    };

    /// <summary>Places side by side in the drawing.</summary>
    public int Across => Kind switch
    {
        PictureKind.Sequence => Layout.Height,
        PictureKind.Tokens => Math.Min(Layout.Height, TokensALine),
        _ => Layout.Width,
    };

    /// <summary>What the first input that is a picture looks like, else the first sequence, else the first line of tokens; null where there is none.</summary>
    /// <param name="encoder">The model's inputs with what fills them.</param>
    /// <param name="tokens">The names of the inputs that hold tokens.</param>
    public static ShownPicture? Of(RowEncoder encoder, IReadOnlyCollection<string> tokens)
    {
        ArgumentNullException.ThrowIfNull(encoder);
        ArgumentNullException.ThrowIfNull(tokens);
        return Each(encoder, tokens).Where(shown => shown.Columns.Count <= Most).OrderBy(shown => shown.Kind).ThenBy(shown => shown.Layout.Input).FirstOrDefault();
    }

    /// <summary>Where an element is drawn.</summary>
    /// <param name="channel">From 0.</param>
    /// <param name="y">Down, or the step.</param>
    /// <param name="x">Across.</param>
    public (int Row, int Column) Place(int channel, int y, int x) => Kind switch
    {
        PictureKind.Sequence => (channel, y),
        PictureKind.Tokens => (y / TokensALine, y % TokensALine),
        _ => (y, x),
    };

    /// <summary>The name of a place of the drawing.</summary>
    public string Label(int row, int column) => Kind switch
    {
        PictureKind.Sequence => $"step {column}, {(Layout.Channels == 1 ? "value" : $"channel {row}")}",
        PictureKind.Tokens => $"place {(row * TokensALine) + column}",
        _ => $"row {row}, column {column}",
    };

    private static IEnumerable<ShownPicture> Each(RowEncoder encoder, IReadOnlyCollection<string> tokens)
    {
        for (int input = 0; input < encoder.Signature.Inputs.Count; input++)
        {
            InputSpec spec = encoder.Signature.Inputs[input];
            FeatureSlot[] slots = [.. encoder.Slots.Where(slot => slot.Input == input)];
            int[] shape = Shape(spec, slots.Length);
            bool token = tokens.Contains(spec.Name);
            bool number = !token && spec.Kind is not (TensorKind.Text or TensorKind.Boolean);
            ImageLayout? picture = number ? ImageLayout.Of(input, spec.Name, shape) : null;
            ImageLayout? line = picture is null && (token ? shape.Length == 1 : number && shape.Length == 2) ? ImageLayout.Sequence(input, spec.Name, shape, false) : null;
            if ((picture ?? line) is { } layout && layout.Size == slots.Length)
            {
                yield return new ShownPicture(
                    token ? PictureKind.Tokens : picture is null ? PictureKind.Sequence : PictureKind.Picture, layout,
                    [.. slots.Select(slot => slot.Column)], [.. slots.Select(slot => slot.Feature.Name)])
                {
                    Normalised = encoder.Inputs[input].Normalised,
                };
            }
        }
    }

    // A single free dimension takes what the encoding leaves for it.
    private static int[] Shape(InputSpec spec, int width)
    {
        int known = spec.RowShape.Where(size => size > 0).Aggregate(1, (product, size) => product * size);
        return [.. spec.RowShape.Select(size => size > 0 ? size : width / Math.Max(1, known))];
    }
}

/// <summary>What a row is drawn as; the first of several is drawn.</summary>
public enum PictureKind
{
    /// <summary>Pixels.</summary>
    Picture,

    /// <summary>Steps by what was measured in them.</summary>
    Sequence,

    /// <summary>Words or their numbers.</summary>
    Tokens,
}
