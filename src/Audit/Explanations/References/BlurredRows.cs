using Governance.Audit.Data;
using Governance.Audit.Explanations.Players;
using Governance.Audit.Inference;
using Governance.Audit.Pictures;

namespace Governance.Audit.Explanations.References;

/// <summary>Each row with its pictures and sequences smoothed, so that what is unknown keeps its brightness and loses its shape.</summary>
/// <remarks>Fong and Vedaldi, "Interpretable explanations of black boxes by meaningful perturbation", ICCV 2017, with the mean over a square.</remarks>
internal static class BlurredRows
{
    /// <summary>Smooths the rows explained; what is no picture or sequence becomes the mean of the background.</summary>
    /// <param name="rows">The rows explained.</param>
    /// <param name="mean">One row, for the other inputs.</param>
    /// <param name="spec">Which players there are, which says what a sequence is; null looks for pictures.</param>
    /// <param name="radius">Pixels or steps to each side of the square that is averaged; null for a quarter of the longer side.</param>
    /// <exception cref="InputException">No input is a picture or a sequence of numbers.</exception>
    public static InputBatch Of(InputBatch rows, InputBatch mean, PlayerSpec? spec, int? radius)
    {
        IReadOnlyList<ImageLayout?> layouts = Layouts(rows, spec);
        if (layouts.All(layout => layout is null))
        {
            throw new InputException("The reference blur is for pictures and sequences of numbers, and the model takes none: no input has rows such as [1, 28, 28], or --players says which are steps.");
        }

        int[] first = new int[rows.Rows];
        return new InputBatch([.. rows.Tensors.Select((tensor, input) => layouts[input] is ImageLayout layout
            ? Smooth(tensor, layout, radius ?? Math.Max(1, Math.Max(layout.Height, layout.Width) / 4))
            : mean.Tensors[input].Take(first))]);
    }

    private static InputTensor Smooth(InputTensor tensor, ImageLayout layout, int radius) =>
        new ImagePixels(tensor).Map((_, picture, smooth) => ImageOperations.Smooth(layout, picture, radius, median: false, smooth));

    private static ImageLayout?[] Layouts(InputBatch rows, PlayerSpec? spec)
    {
        IReadOnlyList<ImageLayout?> seen = spec?.Layouts(rows) ?? [.. rows.Tensors.Select((tensor, input) => ImageLayout.Of(input, tensor.Name, tensor.RowShape))];
        return [.. seen.Select((layout, input) => rows.Tensors[input].Kind is TensorKind.Text or TensorKind.Boolean || spec?.Kind == PlayerKind.Tokens ? null : layout)];
    }
}
