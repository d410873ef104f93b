using Governance.Audit.Pictures;
using Governance.Portal.Features.Pictures;

namespace Governance.Portal.Tests.Pictures;

/// <summary>Pictures, sequences and tokens whose elements are called p0, p1, ….</summary>
internal static class GivenPicture
{
    /// <summary>A picture of this shape.</summary>
    public static ShownPicture Picture(params int[] shape) => Of(PictureKind.Picture, ImageLayout.Picture(0, "x", shape)!);

    /// <summary>A sequence of steps with channels.</summary>
    public static ShownPicture Sequence(int steps, int channels) => Of(PictureKind.Sequence, ImageLayout.Sequence(0, "x", [steps, channels], false)!);

    /// <summary>A line of tokens.</summary>
    public static ShownPicture Tokens(int count) => Of(PictureKind.Tokens, ImageLayout.Sequence(0, "x", [count], false)!);

    private static ShownPicture Of(PictureKind kind, ImageLayout layout)
    {
        string[] names = [.. Enumerable.Range(0, layout.Size).Select(i => $"p{i}")];
        return new ShownPicture(kind, layout, names, names);
    }
}
