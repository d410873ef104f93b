namespace Governance.Registry.Access;

/// <summary>What a person is here for. The columns of the table of rights.</summary>
public enum Role
{
    /// <summary>Owner or developer: builds, registers and submits.</summary>
    Developer,

    /// <summary>Technical, fairness or security reviewer.</summary>
    Reviewer,

    /// <summary>Compliance approver: decides.</summary>
    Approver,

    /// <summary>Sees everything, changes nothing.</summary>
    Auditor,

    /// <summary>A person or service that asks a model for answers.</summary>
    Consumer,

    /// <summary>Deploys, suspends, schedules.</summary>
    Operator,

    /// <summary>Users, roles, keys and policies; no explanations, no rows, no approvals.</summary>
    Administrator,
}
