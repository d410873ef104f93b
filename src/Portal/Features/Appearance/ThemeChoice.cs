namespace Governance.Portal.Features.Appearance;

/// <summary>Which of the two readings of the tokens a user wants.</summary>
internal enum ThemeChoice
{
    /// <summary>What the operating system asks for.</summary>
    System,

    /// <summary>Always light.</summary>
    Light,

    /// <summary>Always dark.</summary>
    Dark,
}
