namespace Governance.Registry.Sessions;

/// <summary>What a person confirms anew that it is them for: a confirmation for one thing is none for another.</summary>
public enum StepUpPurpose
{
    /// <summary>Submitting, reviewing, deciding on a version.</summary>
    SignOff,

    /// <summary>Other people's accounts and roles.</summary>
    Accounts,

    /// <summary>One's own password, second factor and passkeys.</summary>
    OwnAccount,

    /// <summary>Taking data, evidence or an artefact out of the portal.</summary>
    Export,

    /// <summary>Asking for or granting emergency access.</summary>
    BreakGlass,

    /// <summary>Confirming what another person proposed.</summary>
    Proposals,

    /// <summary>Grants and teams.</summary>
    Access,

    /// <summary>Releasing an alarm's restriction.</summary>
    Alarms,

    /// <summary>API tokens and service accounts.</summary>
    Tokens,

    /// <summary>Policies and settings of the portal.</summary>
    Policies,

    /// <summary>Rows of a person: finding, exporting, erasing.</summary>
    Privacy,
}
