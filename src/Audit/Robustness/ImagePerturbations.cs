using Governance.Audit.Explanations;
using Governance.Audit.Inference;
using Governance.Audit.Pictures;

namespace Governance.Audit.Robustness;

/// <summary>Changes of whole pictures: each keeps what a person would see in them.</summary>
internal static class ImagePerturbations
{
    private const string NoPicture = "The model takes no picture: no input has rows of height and width, such as [1, 28, 28] or [8, 8].";

    /// <summary>Pictures moved by a few pixels, each in one of four directions.</summary>
    public static IEnumerable<Perturbation> Shift(RobustnessSubject subject) =>
    [
        Each(
            subject,
            new Perturbation { Test = "shift", Title = "Pictures moved", Unit = "pixels, left, right, up or down", Strengths = [1, 2, 3] },
            (layout, pixels, strength, random) =>
            {
                int side = random.NextBelow(4);
                int by = (int)strength * (side % 2 == 0 ? 1 : -1);
                return (picture, changed) => ImageOperations.Shift(layout, picture, side < 2 ? by : 0, side < 2 ? 0 : by, pixels.Least, changed);
            }),
    ];

    /// <summary>Pictures turned, each to one of two sides.</summary>
    public static IEnumerable<Perturbation> Rotate(RobustnessSubject subject) =>
    [
        Each(
            subject,
            new Perturbation { Test = "rotate", Title = "Pictures turned", Unit = "degrees, to the left or the right", Strengths = [5, 10, 20, 30] },
            (layout, pixels, strength, random) =>
            {
                double degrees = random.NextBelow(2) == 0 ? strength : -strength;
                return (picture, changed) => ImageOperations.Rotate(layout, picture, degrees, pixels.Least, changed);
            }),
    ];

    /// <summary>Pictures lighter or darker.</summary>
    public static IEnumerable<Perturbation> Brightness(RobustnessSubject subject) =>
    [
        Each(
            subject,
            new Perturbation { Test = "brightness", Title = "Pictures lighter or darker", Unit = "the range of values, added or taken off", Strengths = [0.1, 0.2, 0.4] },
            (_, pixels, strength, random) =>
            {
                double by = strength * (pixels.Most - pixels.Least) * (random.NextBelow(2) == 0 ? 1 : -1);
                return (picture, changed) =>
                {
                    for (int i = 0; i < changed.Length; i++)
                    {
                        changed[i] = Math.Clamp(picture[i] + by, pixels.Least, pixels.Most);
                    }
                };
            }),
    ];

    /// <summary>Pictures smoothed by medians and by means.</summary>
    public static IEnumerable<Perturbation> Filters(RobustnessSubject subject) =>
        [Filter(subject, true, "Pictures smoothed by a median filter"), Filter(subject, false, "Pictures smoothed by a mean filter")];

    private static Perturbation Filter(RobustnessSubject subject, bool median, string title) => Each(
        subject,
        new Perturbation { Test = "denoise", Title = title, Unit = "pixels to each side of the square that is smoothed over", Strengths = [1, 2], IsRandom = false },
        (layout, _, strength, _) => (picture, changed) => ImageOperations.Smooth(layout, picture, (int)strength, median, changed));

    private static Perturbation Each(
        RobustnessSubject subject, Perturbation form, Func<ImageLayout, ImagePixels, double, SeededRandom, ChangePicture> change)
    {
        if (subject.Images.Count == 0)
        {
            return form with { Refusal = NoPicture };
        }

        ImagePixels[] pixels = [.. subject.Images.Select(image => new ImagePixels(subject.Encoded.Tensors[image.Input]))];
        return form with
        {
            Changed = [.. subject.Images.Select(image => image.Name)],
            Make = (strength, repeat) =>
            {
                InputTensor[] tensors = [.. subject.Encoded.Tensors];
                for (int i = 0; i < pixels.Length; i++)
                {
                    ImageLayout layout = subject.Images[i];
                    ImagePixels own = pixels[i];
                    tensors[layout.Input] = own.Map((row, picture, changed) =>
                        change(layout, own, strength, new SeededRandom(subject.Request.Seed, ((long)repeat << 32) + row))(picture, changed));
                }

                return new InputBatch(tensors);
            },
        };
    }

    private delegate void ChangePicture(ReadOnlySpan<double> picture, Span<double> changed);
}
