namespace Governance.Portal.Components.Parts;

/// <summary>Whether a version bears a signature.</summary>
public enum SealState
{
    /// <summary>Nobody has decided.</summary>
    Unsigned,

    /// <summary>Signed, and the bytes are those that were signed.</summary>
    Signed,

    /// <summary>Signed once; something changed since.</summary>
    Void,
}
