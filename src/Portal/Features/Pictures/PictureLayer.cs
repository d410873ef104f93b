namespace Governance.Portal.Features.Pictures;

/// <summary>What of a picture is drawn.</summary>
public enum PictureLayer
{
    /// <summary>The picture with the attributions over it.</summary>
    Both,

    /// <summary>The picture as the model saw it.</summary>
    Picture,

    /// <summary>The attributions alone.</summary>
    Attributions,
}
