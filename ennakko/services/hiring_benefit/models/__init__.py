# SPDX-License-Identifier: EUPL-1.2
"""What the hiring benefit keeps: applications with their employees, earlier aid, attachments and approved terms."""

from ennakko.services.hiring_benefit.models.applications import Application as Application
from ennakko.services.hiring_benefit.models.applications import ApplicationAttachment as ApplicationAttachment
from ennakko.services.hiring_benefit.models.applications import DeMinimisRow as DeMinimisRow
from ennakko.services.hiring_benefit.models.applications import TermsApproval as TermsApproval
from ennakko.services.hiring_benefit.models.archiving import ArchivedMatter as ArchivedMatter
from ennakko.services.hiring_benefit.models.archiving import ArchiveEvent as ArchiveEvent
from ennakko.services.hiring_benefit.models.employees import Employee as Employee
from ennakko.services.hiring_benefit.models.handling import Calculation as Calculation
from ennakko.services.hiring_benefit.models.handling import DecisionText as DecisionText
from ennakko.services.hiring_benefit.models.handling import FieldChange as FieldChange
from ennakko.services.hiring_benefit.models.handling import PreviousBenefit as PreviousBenefit
from ennakko.services.hiring_benefit.models.handling import ReviewKind as ReviewKind
from ennakko.services.hiring_benefit.models.handling import ReviewMark as ReviewMark
from ennakko.services.hiring_benefit.models.letters import BenefitLetter as BenefitLetter
from ennakko.services.hiring_benefit.models.letters import LetterUse as LetterUse
from ennakko.services.hiring_benefit.models.money import AidReport as AidReport
from ennakko.services.hiring_benefit.models.money import Alteration as Alteration
from ennakko.services.hiring_benefit.models.money import Instalment as Instalment
from ennakko.services.hiring_benefit.models.outcomes import EmploymentCheck as EmploymentCheck
from ennakko.services.hiring_benefit.models.taxes import TaxCheck as TaxCheck
