namespace Governance.Audit.Explanations.Players;

/// <summary>What the players of a picture, a sequence or a line of tokens are.</summary>
public enum PlayerKind
{
    /// <summary>Each pixel with all its channels.</summary>
    Pixels,

    /// <summary>Rectangles of pixels, side by side.</summary>
    Patches,

    /// <summary>Regions of like pixels of the one picture explained.</summary>
    Superpixels,

    /// <summary>Steps of a sequence, one or several together, with all that was measured in them.</summary>
    Steps,

    /// <summary>Each channel of a picture, or each thing measured along a sequence.</summary>
    Channels,

    /// <summary>Places in a line of tokens, one or several together.</summary>
    Tokens,
}
